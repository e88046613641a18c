import CZlib
import NIOCore

/// gzip (RFC 1952) of bytes that are there as a whole.
enum GZip {
    /// How hard zlib tries: 9 for what is packed once and sent often, 5 for a page, where a step more costs twice the
    /// time for a hundredth of the bytes.
    enum Effort: Int32 {
        case once = 9
        case eachTime = 5
    }

    /// The bytes packed, or `nil` where zlib has no memory for it.
    static func pack(_ bytes: ByteBuffer, _ effort: Effort) -> ByteBuffer? {
        var stream = z_stream()
        // 15 is the largest window, 16 more asks for gzip's head and foot instead of zlib's; 8 is zlib's own choice.
        let begun = deflateInit2_(
            &stream, effort.rawValue, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        guard begun == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        let room = Int(deflateBound(&stream, UInt(bytes.readableBytes)))
        var packed = ByteBuffer()
        var isWhole = false
        bytes.withUnsafeReadableBytes { source in
            _ = packed.writeWithUnsafeMutableBytes(minimumWritableBytes: room) { target in
                // zlib only reads what its header calls mutable.
                stream.next_in = UnsafeMutablePointer(mutating: source.bindMemory(to: UInt8.self).baseAddress)
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.bindMemory(to: UInt8.self).baseAddress
                stream.avail_out = UInt32(target.count)
                isWhole = deflate(&stream, Z_FINISH) == Z_STREAM_END
                return Int(stream.total_out)
            }
        }
        return isWhole ? packed : nil
    }
}
