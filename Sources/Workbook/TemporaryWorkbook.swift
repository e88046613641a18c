import CXLSXWriter
import Foundation

/// Why no workbook came about. The text is for the log.
package struct WorkbookError: Error {
    package let reason: String
}

/// A workbook in a file that nobody else can find: libxlsxwriter 1.1 writes to a named file only.
enum TemporaryWorkbook {
    static func bytes(_ body: (UnsafeMutablePointer<lxw_workbook>) throws -> Void) throws -> [UInt8] {
        let path = FileManager.default.temporaryDirectory.path + "/latchkey-XXXXXX"
        // Made with a name that was free and for the owner alone (POSIX mkstemp).
        guard let name = strdup(path) else { throw WorkbookError(reason: "no memory") }
        defer { free(name) }
        let descriptor = mkstemp(name)
        guard descriptor >= 0 else {
            throw WorkbookError(reason: "no temporary file: \(String(cString: strerror(errno)))")
        }
        defer {
            close(descriptor)
            unlink(name)
        }
        guard let workbook = workbook_new(name) else { throw WorkbookError(reason: "no workbook could be made") }
        // Closing writes the file, and frees the workbook whatever comes of it.
        let written = Result { try body(workbook) }
        let code = workbook_close(workbook)
        try written.get()
        guard code == LXW_NO_ERROR else {
            throw WorkbookError(reason: lxw_strerror(code).map { String(cString: $0) } ?? "error \(code.rawValue)")
        }
        return [UInt8](try Data(contentsOf: URL(filePath: String(cString: name))))
    }
}
