import CXLSXWriter

/// One sheet of a workbook that is being written. Its memory is the workbook's.
struct Sheet {
    private static let paperA4: UInt8 = 9

    private let pointer: UnsafeMutablePointer<lxw_worksheet>

    init(in workbook: UnsafeMutablePointer<lxw_workbook>, named name: String) throws(WorkbookError) {
        guard let pointer = workbook_add_worksheet(workbook, name) else {
            throw WorkbookError(reason: "no sheet could be added")
        }
        self.pointer = pointer
    }

    func write(_ text: String, _ row: UInt32, _ column: UInt16, _ format: UnsafeMutablePointer<lxw_format>?) {
        worksheet_write_string(pointer, row, column, text, format)
    }

    /// A cell without a value.
    func fill(_ row: UInt32, _ column: UInt16, _ format: UnsafeMutablePointer<lxw_format>?) {
        worksheet_write_blank(pointer, row, column, format)
    }

    func setWidth(_ characters: Double, ofColumns columns: ClosedRange<UInt16>) {
        worksheet_set_column(pointer, columns.lowerBound, columns.upperBound, characters, nil)
    }

    func freeze(rows: UInt32, columns: UInt16) {
        worksheet_freeze_panes(pointer, rows, columns)
    }

    func setUpPrinting(lastRow: UInt32, lastColumn: UInt16, namesUpTo column: UInt16) {
        worksheet_set_landscape(pointer)
        worksheet_set_paper(pointer, Sheet.paperA4)
        worksheet_fit_to_pages(pointer, 1, 0)
        worksheet_repeat_rows(pointer, 0, 0)
        worksheet_repeat_columns(pointer, 0, column)
        worksheet_print_area(pointer, 0, 0, lastRow, lastColumn)
        worksheet_set_footer(pointer, "&C&P / &N")
    }
}

/// How the cells look: dark on a light ground of the same colour, so that a print in grey can be read too.
struct Styles {
    let heading, section, role, action, available, unavailable, none: UnsafeMutablePointer<lxw_format>?

    init(in workbook: UnsafeMutablePointer<lxw_workbook>) {
        heading = Styles.format(workbook, ground: 0xE3_E6EC, isBold: true)
        section = Styles.format(workbook, ground: 0xE3_E6EC, isBold: true, isCentered: true)
        role = Styles.format(workbook, ground: 0xF0_F2F5, isBold: true)
        action = Styles.format(workbook, indent: 1)
        available = Styles.format(workbook, ink: 0x17_683C, ground: 0xD5_F0E0, isBold: true, isCentered: true)
        unavailable = Styles.format(workbook, ink: 0xB3_2424, ground: 0xFB_DEDE, isBold: true, isCentered: true)
        none = Styles.format(workbook, ground: 0xF8_F9FB)
    }

    private static func format(
        _ workbook: UnsafeMutablePointer<lxw_workbook>, ink: lxw_color_t = 0x17_1B26, ground: lxw_color_t? = nil,
        isBold: Bool = false, isCentered: Bool = false, indent: UInt8 = 0
    ) -> UnsafeMutablePointer<lxw_format>? {
        guard let format = workbook_add_format(workbook) else { return nil }
        format_set_font_color(format, ink)
        if isBold { format_set_bold(format) }
        if let ground {
            format_set_pattern(format, UInt8(LXW_PATTERN_SOLID.rawValue))
            format_set_fg_color(format, ground)
        }
        if isCentered { format_set_align(format, UInt8(LXW_ALIGN_CENTER.rawValue)) }
        if indent > 0 { format_set_indent(format, indent) }
        format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
        format_set_text_wrap(format)
        format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
        format_set_border_color(format, 0xCD_D2DB)
        return format
    }
}
