import Crypto

/// A SHA-256 digest (FIPS 180-4): all that is stored of a key or of a session's token.
///
/// Kept as four words: comparing and hashing them costs a few instructions and no allocation.
/// A plain digest is enough for secrets of more than 128 random bits; there is nothing to guess.
package struct Digest: Sendable {
    package let words: (UInt64, UInt64, UInt64, UInt64)

    package init(of bytes: [UInt8]) {
        self.init(of: bytes.span)
    }

    /// The same without a copy of what is digested.
    package init(of bytes: Span<UInt8>) {
        var hash = SHA256()
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
        words = hash.finalize().withUnsafeBytes(Digest.words)
    }

    /// Reads 32 stored bytes; `nil` for any other length.
    package init?(bytes: some Collection<UInt8>) {
        let bytes = Array(bytes)
        guard bytes.count == 32 else { return nil }
        words = bytes.withUnsafeBytes(Digest.words)
    }

    package var bytes: [UInt8] {
        withUnsafeBytes(of: words, Array.init)
    }

    private static func words(_ buffer: UnsafeRawBufferPointer) -> (UInt64, UInt64, UInt64, UInt64) {
        (
            buffer.loadUnaligned(fromByteOffset: 0, as: UInt64.self),
            buffer.loadUnaligned(fromByteOffset: 8, as: UInt64.self),
            buffer.loadUnaligned(fromByteOffset: 16, as: UInt64.self),
            buffer.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
        )
    }
}

extension Digest: Hashable {
    package static func == (left: Digest, right: Digest) -> Bool {
        left.words == right.words
    }

    /// One word is enough: each is uniformly random already.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
    }
}
