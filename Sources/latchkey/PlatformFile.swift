import Foundation
import KeyCore

/// A platform as a YAML file tells it, checked as a whole before it is put to use. docs/PLATFORM.md is its reference.
enum PlatformFile {
    /// Bytes. Ten thousand routes take less.
    static let maximumSize = 1 << 20

    /// - Throws: every mistake of the file at once, or why it cannot be read.
    static func platform(at path: String) throws(PlatformFileError) -> Platform {
        do {
            return try platform(try text(at: path), file: path)
        } catch let mistake as PlatformFileMistake {
            throw PlatformFileError(file: path, mistakes: [mistake])
        } catch let error as PlatformFileError {
            throw error
        } catch {
            throw PlatformFileError(file: path, mistakes: [PlatformFileMistake("cannot be read: \(error)")])
        }
    }

    /// - Parameter file: the file's name, for the mistakes.
    static func platform(_ text: String, file: String) throws(PlatformFileError) -> Platform {
        var reader = PlatformFileReader(folder: URL(filePath: file).deletingLastPathComponent())
        let platform: Platform?
        do {
            platform = reader.platform(try PlatformFileYAML.root(of: text))
        } catch {
            throw PlatformFileError(file: file, mistakes: [error])
        }
        guard let platform, reader.mistakes.isEmpty else {
            throw PlatformFileError(file: file, mistakes: reader.mistakes)
        }
        return platform
    }

    /// A text of at most `maximumSize`.
    static func text(at path: String) throws -> String {
        // A pipe or a device could keep us waiting for ever. Links are followed: mounted settings are often links.
        let place = URL(filePath: path).resolvingSymlinksInPath().path
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: place) else {
            throw PlatformFileMistake("there is no such file, or it cannot be reached.")
        }
        guard attributes[.type] as? FileAttributeType == .typeRegular else {
            throw PlatformFileMistake("is no file. Give the path of one.")
        }
        guard let file = FileHandle(forReadingAtPath: place) else {
            throw PlatformFileMistake("cannot be read. Look at its permissions.")
        }
        defer { try? file.close() }
        let bytes = try file.read(upToCount: maximumSize + 1) ?? Data()
        guard bytes.count <= maximumSize else {
            throw PlatformFileMistake("is larger than \(maximumSize >> 20) MiB.")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            let line = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil }
            throw PlatformFileMistake("this is not UTF-8 text. Save the file as UTF-8.", line: line.map { $0 + 1 })
        }
        return text
    }
}

extension Platform {
    /// The platform that the settings name, else the built-in one.
    ///
    /// - Throws: `PlatformFileError`, and `SettingError` where no file is named.
    static func inForce(_ source: SettingSource) throws -> Platform {
        try source.optional(.platform, "a YAML file") { path in
            path.isEmpty ? nil : try PlatformFile.platform(at: path)
        } ?? .smartPlayer
    }
}
