#ifndef LATCHKEY_ASSETS_H
#define LATCHKEY_ASSETS_H

#include <stddef.h>

/// A file that is part of the binary, so that the product is one file and finds its resources wherever it lies.
struct latchkey_asset {
    const char *_Nonnull name;
    /// What browsers are told that it is; NULL for what they may not ask for.
    const char *_Nullable content_type;
    const unsigned char *_Nonnull bytes;
    size_t length;
};

/// The file of a name, or NULL.
const struct latchkey_asset *_Nullable latchkey_asset(const char *_Nonnull name);

/// The file at a place of the list, or NULL past its end.
const struct latchkey_asset *_Nullable latchkey_asset_at(size_t index);

#endif
