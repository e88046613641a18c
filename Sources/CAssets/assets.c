#include "assets.h"

#include <string.h>

// SwiftPM knows no flag for C23 yet, and Clang takes #embed in any C.
#pragma clang diagnostic ignored "-Wc23-extensions"

// The files themselves come in by #embed (C23): the compiler reads them, so there is no step to forget.
// A new file needs three lines here: its bytes, its name, and its content type.

static const unsigned char account_js[] = {
#embed "files/account.js"
};
static const unsigned char app_css[] = {
#embed "files/app.css"
};
static const unsigned char audit_css[] = {
#embed "files/audit.css"
};
static const unsigned char calendar_css[] = {
#embed "files/calendar.css"
};
static const unsigned char calendar_js[] = {
#embed "files/calendar.js"
};
static const unsigned char company_keys_css[] = {
#embed "files/company-keys.css"
};
static const unsigned char company_keys_js[] = {
#embed "files/company-keys.js"
};
static const unsigned char copy_js[] = {
#embed "files/copy.js"
};
static const unsigned char create_js[] = {
#embed "files/create.js"
};
static const unsigned char days_js[] = {
#embed "files/days.js"
};
static const unsigned char delete_js[] = {
#embed "files/delete.js"
};
static const unsigned char docs_css[] = {
#embed "files/docs.css"
};
static const unsigned char docs_html[] = {
#embed "files/docs.html"
};
static const unsigned char docs_js[] = {
#embed "files/docs.js"
};
static const unsigned char docs_parts_js[] = {
#embed "files/docs-parts.js"
};
static const unsigned char docs_schema_js[] = {
#embed "files/docs-schema.js"
};
static const unsigned char docs_try_js[] = {
#embed "files/docs-try.js"
};
static const unsigned char draft_js[] = {
#embed "files/draft.js"
};
static const unsigned char favicon_svg[] = {
#embed "files/favicon.svg"
};
static const unsigned char frames_css[] = {
#embed "files/frames.css"
};
static const unsigned char grid_js[] = {
#embed "files/grid.js"
};
static const unsigned char help_css[] = {
#embed "files/help.css"
};
static const unsigned char help_api_keys_en_md[] = {
#embed "../../docs/help/en/api-keys.md"
};
static const unsigned char help_api_keys_ru_md[] = {
#embed "../../docs/help/ru/api-keys.md"
};
static const unsigned char help_people_en_md[] = {
#embed "../../docs/help/en/people.md"
};
static const unsigned char help_people_ru_md[] = {
#embed "../../docs/help/ru/people.md"
};
static const unsigned char help_create_en_webp[] = {
#embed "../../docs/help/pictures/help-create-en.webp"
};
static const unsigned char help_create_ru_webp[] = {
#embed "../../docs/help/pictures/help-create-ru.webp"
};
static const unsigned char help_developers_en_webp[] = {
#embed "../../docs/help/pictures/help-developers-en.webp"
};
static const unsigned char help_developers_ru_webp[] = {
#embed "../../docs/help/pictures/help-developers-ru.webp"
};
static const unsigned char help_keys_en_webp[] = {
#embed "../../docs/help/pictures/help-keys-en.webp"
};
static const unsigned char help_keys_ru_webp[] = {
#embed "../../docs/help/pictures/help-keys-ru.webp"
};
static const unsigned char help_reveal_en_webp[] = {
#embed "../../docs/help/pictures/help-reveal-en.webp"
};
static const unsigned char help_reveal_ru_webp[] = {
#embed "../../docs/help/pictures/help-reveal-ru.webp"
};
static const unsigned char inter_400_woff2[] = {
#embed "files/inter-400.woff2"
};
static const unsigned char inter_500_woff2[] = {
#embed "files/inter-500.woff2"
};
static const unsigned char inter_600_woff2[] = {
#embed "files/inter-600.woff2"
};
static const unsigned char jetbrains_mono_400_woff2[] = {
#embed "files/jetbrains-mono-400.woff2"
};
static const unsigned char keys_css[] = {
#embed "files/keys.css"
};
static const unsigned char keys_js[] = {
#embed "files/keys.js"
};
static const unsigned char main_css[] = {
#embed "files/main.css"
};
// The document itself, for the programs in it.
static const unsigned char integrate_md[] = {
#embed "../../docs/INTEGRATE.md"
};
static const unsigned char openapi_json[] = {
#embed "files/openapi.json"
};
static const unsigned char page_js[] = {
#embed "files/page.js"
};
static const unsigned char people_css[] = {
#embed "files/people.css"
};
static const unsigned char people_js[] = {
#embed "files/people.js"
};
static const unsigned char reveal_js[] = {
#embed "files/reveal.js"
};
static const unsigned char rights_css[] = {
#embed "files/rights.css"
};
static const unsigned char rights_js[] = {
#embed "files/rights.js"
};
static const unsigned char refusals_css[] = {
#embed "files/refusals.css"
};
static const unsigned char refusals_js[] = {
#embed "files/refusals.js"
};
static const unsigned char roles_css[] = {
#embed "files/roles.css"
};
static const unsigned char roles_js[] = {
#embed "files/roles.js"
};
static const unsigned char reveal_css[] = {
#embed "files/reveal.css"
};
static const unsigned char first_use_js[] = {
#embed "files/first-use.js"
};
static const unsigned char windows_css[] = {
#embed "files/windows.css"
};
static const unsigned char shortcuts_js[] = {
#embed "files/shortcuts.js"
};
static const unsigned char table_js[] = {
#embed "files/table.js"
};
static const unsigned char common_passwords_txt[] = {
#embed "files/common-passwords.txt"
};

#define ASSET(symbol, name, content_type) {name, content_type, symbol, sizeof symbol}

static const struct latchkey_asset assets[] = {
    ASSET(account_js, "account.js", "text/javascript; charset=utf-8"),
    ASSET(app_css, "app.css", "text/css; charset=utf-8"),
    ASSET(audit_css, "audit.css", "text/css; charset=utf-8"),
    ASSET(calendar_css, "calendar.css", "text/css; charset=utf-8"),
    ASSET(calendar_js, "calendar.js", "text/javascript; charset=utf-8"),
    ASSET(company_keys_css, "company-keys.css", "text/css; charset=utf-8"),
    ASSET(company_keys_js, "company-keys.js", "text/javascript; charset=utf-8"),
    ASSET(copy_js, "copy.js", "text/javascript; charset=utf-8"),
    ASSET(create_js, "create.js", "text/javascript; charset=utf-8"),
    ASSET(days_js, "days.js", "text/javascript; charset=utf-8"),
    ASSET(delete_js, "delete.js", "text/javascript; charset=utf-8"),
    ASSET(docs_css, "docs.css", "text/css; charset=utf-8"),
    ASSET(docs_html, "docs.html", NULL),
    ASSET(docs_js, "docs.js", "text/javascript; charset=utf-8"),
    ASSET(docs_parts_js, "docs-parts.js", "text/javascript; charset=utf-8"),
    ASSET(docs_schema_js, "docs-schema.js", "text/javascript; charset=utf-8"),
    ASSET(docs_try_js, "docs-try.js", "text/javascript; charset=utf-8"),
    ASSET(draft_js, "draft.js", "text/javascript; charset=utf-8"),
    ASSET(favicon_svg, "favicon.svg", "image/svg+xml"),
    ASSET(first_use_js, "first-use.js", "text/javascript; charset=utf-8"),
    ASSET(frames_css, "frames.css", "text/css; charset=utf-8"),
    ASSET(grid_js, "grid.js", "text/javascript; charset=utf-8"),
    ASSET(help_css, "help.css", "text/css; charset=utf-8"),
    ASSET(help_api_keys_en_md, "help/en/api-keys.md", NULL),
    ASSET(help_api_keys_ru_md, "help/ru/api-keys.md", NULL),
    ASSET(help_people_en_md, "help/en/people.md", NULL),
    ASSET(help_people_ru_md, "help/ru/people.md", NULL),
    ASSET(help_create_en_webp, "help-create-en.webp", "image/webp"),
    ASSET(help_create_ru_webp, "help-create-ru.webp", "image/webp"),
    ASSET(help_developers_en_webp, "help-developers-en.webp", "image/webp"),
    ASSET(help_developers_ru_webp, "help-developers-ru.webp", "image/webp"),
    ASSET(help_keys_en_webp, "help-keys-en.webp", "image/webp"),
    ASSET(help_keys_ru_webp, "help-keys-ru.webp", "image/webp"),
    ASSET(help_reveal_en_webp, "help-reveal-en.webp", "image/webp"),
    ASSET(help_reveal_ru_webp, "help-reveal-ru.webp", "image/webp"),
    ASSET(inter_400_woff2, "inter-400.woff2", "font/woff2"),
    ASSET(inter_500_woff2, "inter-500.woff2", "font/woff2"),
    ASSET(inter_600_woff2, "inter-600.woff2", "font/woff2"),
    ASSET(jetbrains_mono_400_woff2, "jetbrains-mono-400.woff2", "font/woff2"),
    ASSET(keys_css, "keys.css", "text/css; charset=utf-8"),
    ASSET(keys_js, "keys.js", "text/javascript; charset=utf-8"),
    ASSET(main_css, "main.css", "text/css; charset=utf-8"),
    ASSET(integrate_md, "INTEGRATE.md", NULL),
    ASSET(openapi_json, "openapi.json", NULL),
    ASSET(page_js, "page.js", "text/javascript; charset=utf-8"),
    ASSET(people_css, "people.css", "text/css; charset=utf-8"),
    ASSET(people_js, "people.js", "text/javascript; charset=utf-8"),
    ASSET(reveal_css, "reveal.css", "text/css; charset=utf-8"),
    ASSET(reveal_js, "reveal.js", "text/javascript; charset=utf-8"),
    ASSET(rights_css, "rights.css", "text/css; charset=utf-8"),
    ASSET(rights_js, "rights.js", "text/javascript; charset=utf-8"),
    ASSET(refusals_css, "refusals.css", "text/css; charset=utf-8"),
    ASSET(refusals_js, "refusals.js", "text/javascript; charset=utf-8"),
    ASSET(roles_css, "roles.css", "text/css; charset=utf-8"),
    ASSET(roles_js, "roles.js", "text/javascript; charset=utf-8"),
    ASSET(windows_css, "windows.css", "text/css; charset=utf-8"),
    ASSET(shortcuts_js, "shortcuts.js", "text/javascript; charset=utf-8"),
    ASSET(table_js, "table.js", "text/javascript; charset=utf-8"),
    ASSET(common_passwords_txt, "common-passwords.txt", NULL),
};

static const size_t asset_count = sizeof assets / sizeof assets[0];

const struct latchkey_asset *latchkey_asset_at(size_t index) {
    return index < asset_count ? &assets[index] : NULL;
}

const struct latchkey_asset *latchkey_asset(const char *name) {
    for (size_t index = 0; index < asset_count; index++) {
        if (strcmp(assets[index].name, name) == 0) return &assets[index];
    }
    return NULL;
}
