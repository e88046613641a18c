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
static const unsigned char discussions_css[] = {
#embed "files/discussions.css"
};
static const unsigned char discussions_js[] = {
#embed "files/discussions.js"
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
static const unsigned char help_create_en_dark_2x_avif[] = {
#embed "../../docs/help/pictures/help-create-en-dark-2x.avif"
};
static const unsigned char help_create_en_dark_avif[] = {
#embed "../../docs/help/pictures/help-create-en-dark.avif"
};
static const unsigned char help_create_en_2x_avif[] = {
#embed "../../docs/help/pictures/help-create-en-2x.avif"
};
static const unsigned char help_create_en_avif[] = {
#embed "../../docs/help/pictures/help-create-en.avif"
};
static const unsigned char help_create_ru_dark_2x_avif[] = {
#embed "../../docs/help/pictures/help-create-ru-dark-2x.avif"
};
static const unsigned char help_create_ru_dark_avif[] = {
#embed "../../docs/help/pictures/help-create-ru-dark.avif"
};
static const unsigned char help_create_ru_2x_avif[] = {
#embed "../../docs/help/pictures/help-create-ru-2x.avif"
};
static const unsigned char help_create_ru_avif[] = {
#embed "../../docs/help/pictures/help-create-ru.avif"
};
static const unsigned char help_developers_en_dark_2x_avif[] = {
#embed "../../docs/help/pictures/help-developers-en-dark-2x.avif"
};
static const unsigned char help_developers_en_dark_avif[] = {
#embed "../../docs/help/pictures/help-developers-en-dark.avif"
};
static const unsigned char help_developers_en_2x_avif[] = {
#embed "../../docs/help/pictures/help-developers-en-2x.avif"
};
static const unsigned char help_developers_en_avif[] = {
#embed "../../docs/help/pictures/help-developers-en.avif"
};
static const unsigned char help_developers_ru_dark_2x_avif[] = {
#embed "../../docs/help/pictures/help-developers-ru-dark-2x.avif"
};
static const unsigned char help_developers_ru_dark_avif[] = {
#embed "../../docs/help/pictures/help-developers-ru-dark.avif"
};
static const unsigned char help_developers_ru_2x_avif[] = {
#embed "../../docs/help/pictures/help-developers-ru-2x.avif"
};
static const unsigned char help_developers_ru_avif[] = {
#embed "../../docs/help/pictures/help-developers-ru.avif"
};
static const unsigned char help_keys_en_dark_2x_avif[] = {
#embed "../../docs/help/pictures/help-keys-en-dark-2x.avif"
};
static const unsigned char help_keys_en_dark_avif[] = {
#embed "../../docs/help/pictures/help-keys-en-dark.avif"
};
static const unsigned char help_keys_en_2x_avif[] = {
#embed "../../docs/help/pictures/help-keys-en-2x.avif"
};
static const unsigned char help_keys_en_avif[] = {
#embed "../../docs/help/pictures/help-keys-en.avif"
};
static const unsigned char help_keys_ru_dark_2x_avif[] = {
#embed "../../docs/help/pictures/help-keys-ru-dark-2x.avif"
};
static const unsigned char help_keys_ru_dark_avif[] = {
#embed "../../docs/help/pictures/help-keys-ru-dark.avif"
};
static const unsigned char help_keys_ru_2x_avif[] = {
#embed "../../docs/help/pictures/help-keys-ru-2x.avif"
};
static const unsigned char help_keys_ru_avif[] = {
#embed "../../docs/help/pictures/help-keys-ru.avif"
};
static const unsigned char help_reveal_en_dark_2x_avif[] = {
#embed "../../docs/help/pictures/help-reveal-en-dark-2x.avif"
};
static const unsigned char help_reveal_en_dark_avif[] = {
#embed "../../docs/help/pictures/help-reveal-en-dark.avif"
};
static const unsigned char help_reveal_en_2x_avif[] = {
#embed "../../docs/help/pictures/help-reveal-en-2x.avif"
};
static const unsigned char help_reveal_en_avif[] = {
#embed "../../docs/help/pictures/help-reveal-en.avif"
};
static const unsigned char help_reveal_ru_dark_2x_avif[] = {
#embed "../../docs/help/pictures/help-reveal-ru-dark-2x.avif"
};
static const unsigned char help_reveal_ru_dark_avif[] = {
#embed "../../docs/help/pictures/help-reveal-ru-dark.avif"
};
static const unsigned char help_reveal_ru_2x_avif[] = {
#embed "../../docs/help/pictures/help-reveal-ru-2x.avif"
};
static const unsigned char help_reveal_ru_avif[] = {
#embed "../../docs/help/pictures/help-reveal-ru.avif"
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
static const unsigned char narrow_css[] = {
#embed "files/narrow.css"
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
static const unsigned char tutorial_en_mp4[] = {
#embed "../../docs/help/video/tutorial-en.mp4"
};
static const unsigned char tutorial_en_webm[] = {
#embed "../../docs/help/video/tutorial-en.webm"
};
static const unsigned char tutorial_en_avif[] = {
#embed "../../docs/help/video/tutorial-en.avif"
};
static const unsigned char tutorial_en_en_vtt[] = {
#embed "../../docs/help/video/tutorial-en.en.vtt"
};
static const unsigned char tutorial_en_ru_vtt[] = {
#embed "../../docs/help/video/tutorial-en.ru.vtt"
};
static const unsigned char tutorial_ru_mp4[] = {
#embed "../../docs/help/video/tutorial-ru.mp4"
};
static const unsigned char tutorial_ru_webm[] = {
#embed "../../docs/help/video/tutorial-ru.webm"
};
static const unsigned char tutorial_ru_avif[] = {
#embed "../../docs/help/video/tutorial-ru.avif"
};
static const unsigned char tutorial_ru_en_vtt[] = {
#embed "../../docs/help/video/tutorial-ru.en.vtt"
};
static const unsigned char tutorial_ru_ru_vtt[] = {
#embed "../../docs/help/video/tutorial-ru.ru.vtt"
};
static const unsigned char tutorial_json[] = {
#embed "../../docs/help/video/tutorial.json"
};
static const unsigned char worker_js[] = {
#embed "files/worker.js"
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
    ASSET(discussions_css, "discussions.css", "text/css; charset=utf-8"),
    ASSET(discussions_js, "discussions.js", "text/javascript; charset=utf-8"),
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
    ASSET(help_create_en_dark_2x_avif, "help-create-en-dark-2x.avif", "image/avif"),
    ASSET(help_create_en_dark_avif, "help-create-en-dark.avif", "image/avif"),
    ASSET(help_create_en_2x_avif, "help-create-en-2x.avif", "image/avif"),
    ASSET(help_create_en_avif, "help-create-en.avif", "image/avif"),
    ASSET(help_create_ru_dark_2x_avif, "help-create-ru-dark-2x.avif", "image/avif"),
    ASSET(help_create_ru_dark_avif, "help-create-ru-dark.avif", "image/avif"),
    ASSET(help_create_ru_2x_avif, "help-create-ru-2x.avif", "image/avif"),
    ASSET(help_create_ru_avif, "help-create-ru.avif", "image/avif"),
    ASSET(help_developers_en_dark_2x_avif, "help-developers-en-dark-2x.avif", "image/avif"),
    ASSET(help_developers_en_dark_avif, "help-developers-en-dark.avif", "image/avif"),
    ASSET(help_developers_en_2x_avif, "help-developers-en-2x.avif", "image/avif"),
    ASSET(help_developers_en_avif, "help-developers-en.avif", "image/avif"),
    ASSET(help_developers_ru_dark_2x_avif, "help-developers-ru-dark-2x.avif", "image/avif"),
    ASSET(help_developers_ru_dark_avif, "help-developers-ru-dark.avif", "image/avif"),
    ASSET(help_developers_ru_2x_avif, "help-developers-ru-2x.avif", "image/avif"),
    ASSET(help_developers_ru_avif, "help-developers-ru.avif", "image/avif"),
    ASSET(help_keys_en_dark_2x_avif, "help-keys-en-dark-2x.avif", "image/avif"),
    ASSET(help_keys_en_dark_avif, "help-keys-en-dark.avif", "image/avif"),
    ASSET(help_keys_en_2x_avif, "help-keys-en-2x.avif", "image/avif"),
    ASSET(help_keys_en_avif, "help-keys-en.avif", "image/avif"),
    ASSET(help_keys_ru_dark_2x_avif, "help-keys-ru-dark-2x.avif", "image/avif"),
    ASSET(help_keys_ru_dark_avif, "help-keys-ru-dark.avif", "image/avif"),
    ASSET(help_keys_ru_2x_avif, "help-keys-ru-2x.avif", "image/avif"),
    ASSET(help_keys_ru_avif, "help-keys-ru.avif", "image/avif"),
    ASSET(help_reveal_en_dark_2x_avif, "help-reveal-en-dark-2x.avif", "image/avif"),
    ASSET(help_reveal_en_dark_avif, "help-reveal-en-dark.avif", "image/avif"),
    ASSET(help_reveal_en_2x_avif, "help-reveal-en-2x.avif", "image/avif"),
    ASSET(help_reveal_en_avif, "help-reveal-en.avif", "image/avif"),
    ASSET(help_reveal_ru_dark_2x_avif, "help-reveal-ru-dark-2x.avif", "image/avif"),
    ASSET(help_reveal_ru_dark_avif, "help-reveal-ru-dark.avif", "image/avif"),
    ASSET(help_reveal_ru_2x_avif, "help-reveal-ru-2x.avif", "image/avif"),
    ASSET(help_reveal_ru_avif, "help-reveal-ru.avif", "image/avif"),
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
    ASSET(narrow_css, "narrow.css", "text/css; charset=utf-8"),
    ASSET(windows_css, "windows.css", "text/css; charset=utf-8"),
    ASSET(shortcuts_js, "shortcuts.js", "text/javascript; charset=utf-8"),
    ASSET(table_js, "table.js", "text/javascript; charset=utf-8"),
    ASSET(tutorial_en_mp4, "tutorial-en.mp4", "video/mp4"),
    ASSET(tutorial_en_webm, "tutorial-en.webm", "video/webm"),
    ASSET(tutorial_en_avif, "tutorial-en.avif", "image/avif"),
    ASSET(tutorial_en_en_vtt, "tutorial-en.en.vtt", "text/vtt; charset=utf-8"),
    ASSET(tutorial_en_ru_vtt, "tutorial-en.ru.vtt", "text/vtt; charset=utf-8"),
    ASSET(tutorial_ru_mp4, "tutorial-ru.mp4", "video/mp4"),
    ASSET(tutorial_ru_webm, "tutorial-ru.webm", "video/webm"),
    ASSET(tutorial_ru_avif, "tutorial-ru.avif", "image/avif"),
    ASSET(tutorial_ru_en_vtt, "tutorial-ru.en.vtt", "text/vtt; charset=utf-8"),
    ASSET(tutorial_ru_ru_vtt, "tutorial-ru.ru.vtt", "text/vtt; charset=utf-8"),
    ASSET(tutorial_json, "tutorial.json", NULL),
    ASSET(worker_js, "worker.js", "text/javascript; charset=utf-8"),
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
