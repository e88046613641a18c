import CXLSXWriter
import Foundation
import KeyCore

/// The role matrix as an Office Open XML workbook (ECMA-376): a role's name in both languages and its four actions
/// below it as rows, the platform's sections as columns, "+" on green for what is available and "-" on red for what
/// is not.
///
/// Texts are written as texts: a name that begins as a formula does is no formula.
package struct RoleMatrixWorkbook {
    private let matrix: RoleMatrix
    private let sheet: Sheet

    /// - Throws: `WorkbookError` when there is no room for it.
    package static func bytes(of matrix: RoleMatrix) throws -> [UInt8] {
        try TemporaryWorkbook.bytes { workbook in
            let sheet = try Sheet(in: workbook, named: "Roles, Роли")
            RoleMatrixWorkbook(matrix: matrix, sheet: sheet).write(into: workbook)
        }
    }

    private static let headings = Platform.Name("Role and action", "Роль и действие")

    /// The two columns with names, before those of the sections.
    private static let nameColumns: UInt16 = 2

    private func write(into workbook: UnsafeMutablePointer<lxw_workbook>) {
        let styles = Styles(in: workbook)
        writeHeader(styles)
        var row: UInt32 = 1
        for role in matrix.roles {
            writeRole(role, at: row, styles)
            for (offset, action) in Action.allCases.enumerated() {
                writeAction(action, of: role, at: row + 1 + UInt32(offset), styles)
            }
            row += 1 + UInt32(Action.allCases.count)
        }
        setUp(lastRow: row - 1)
        describe(workbook)
    }

    private func writeHeader(_ styles: Styles) {
        sheet.write(RoleMatrixWorkbook.headings.english, 0, 0, styles.heading)
        sheet.write(RoleMatrixWorkbook.headings.russian, 0, 1, styles.heading)
        for (column, section) in columns {
            sheet.write("\(section.name.english)\n\(section.name.russian)", 0, column, styles.section)
        }
    }

    private func writeRole(_ role: Role, at row: UInt32, _ styles: Styles) {
        let name = matrix.platform.roleName(role)
        sheet.write(name.english, row, 0, styles.role)
        sheet.write(name.russian, row, 1, styles.role)
        for (column, _) in columns { sheet.fill(row, column, styles.role) }
    }

    private func writeAction(_ action: Action, of role: Role, at row: UInt32, _ styles: Styles) {
        sheet.write(action.name.english, row, 0, styles.action)
        sheet.write(action.name.russian, row, 1, styles.action)
        for (column, section) in columns {
            switch matrix.cell(role, section, action) {
            case .available: sheet.write("+", row, column, styles.available)
            case .unavailable: sheet.write("-", row, column, styles.unavailable)
            case .none: sheet.fill(row, column, styles.none)
            }
        }
    }

    private var columns: [(column: UInt16, section: Platform.Section)] {
        matrix.platform.sections.enumerated().map { index, section in
            (RoleMatrixWorkbook.nameColumns + UInt16(index), section)
        }
    }

    /// Widths in characters. On paper, all sections stand on one page beside each other, and each page repeats the
    /// names.
    private func setUp(lastRow: UInt32) {
        let lastColumn = RoleMatrixWorkbook.nameColumns + UInt16(matrix.platform.sections.count) - 1
        sheet.setWidth(28, ofColumns: 0...RoleMatrixWorkbook.nameColumns - 1)
        sheet.setWidth(16, ofColumns: RoleMatrixWorkbook.nameColumns...lastColumn)
        sheet.freeze(rows: 1, columns: RoleMatrixWorkbook.nameColumns)
        sheet.setUpPrinting(lastRow: lastRow, lastColumn: lastColumn, namesUpTo: RoleMatrixWorkbook.nameColumns - 1)
    }

    private func describe(_ workbook: UnsafeMutablePointer<lxw_workbook>) {
        let title = "Role matrix, Матрица ролей: " + matrix.company
        let texts: [UnsafeMutablePointer<CChar>?] = [
            strdup(title), strdup(matrix.platform.name), strdup(matrix.company),
        ]
        defer { texts.forEach { free($0) } }
        var properties = lxw_doc_properties()
        (properties.title, properties.author, properties.company) = (texts[0], texts[1], texts[2])
        workbook_set_properties(workbook, &properties)
    }
}

extension Action {
    fileprivate var name: Platform.Name {
        switch self {
        case .create: Platform.Name("Create", "Создание")
        case .read: Platform.Name("Read", "Чтение")
        case .update: Platform.Name("Update", "Изменение")
        case .delete: Platform.Name("Delete", "Удаление")
        }
    }
}
