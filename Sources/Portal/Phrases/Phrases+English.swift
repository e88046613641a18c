import KeyCore

extension Phrases {
    package static let english = Phrases(
        Topics(
            language: .english,
            common: Common(
                languageName: "English",
                language: "Language",
                skipToContent: "Skip to the content",
                navigation: "Account",
                menu: "Menu",
                mainPage: "Main page",
                apiKeys: "API keys",
                settings: "Settings",
                logIn: "Log in",
                logOut: "Log out",
                register: "Register",
                save: "Save",
                cancel: "Cancel",
                close: "Close",
                justNow: "just now",
                today: "today",
                inDays: { $0 == 1 ? "in 1 day" : "in \($0) days" },
                daysAgo: { $0 == 1 ? "1 day ago" : "\($0) days ago" }
            ),
            entrance: Entrance(
                welcomeTitle: { "API keys for \($0)" },
                welcomeText:
                    "Make a key yourself, and call the platform from your own programs with the rights you have.",
                registerTitle: "Create an account",
                registerText: "Your company gets an account, and you become its Administrator.",
                logInTitle: "Log in",
                name: "Name",
                email: "E-mail",
                password: "Password",
                passwordHint: "At least 8 characters. A few words you remember make a good one.",
                show: { "Show \($0.prefix(1).lowercased() + $0.dropFirst())" },
                company: "Company",
                haveAccount: "Already have an account?",
                noAccount: "No account yet?",
                checkFields: { $0 == 1 ? "One field needs another look." : "\($0) fields need another look." }
            ),
            main: .english,
            settings: Settings(
                intro: "Your account, and what your programs need.",
                profile: "Profile",
                profileText: "Your name and e-mail",
                emailHint: "You log in with this address.",
                security: "Security",
                securityText: "Your password, and where you are signed in",
                currentPassword: "Current password",
                newPassword: "New password",
                changePassword: "Change password",
                changePasswordHint: "A new password logs you out everywhere else.",
                languageAndZone: "Language and time zone",
                languageAndZoneText: "How pages speak to you and when your days end",
                timeZone: "Time zone",
                timeZoneHint: "New keys work through the end of their last day in this time zone.",
                useBrowserZone: "Use this browser’s time zone",
                company: "Company",
                companyText: "Its name and your role in it",
                role: "Your role",
                forDevelopers: "For Developers",
                forDevelopersText: "API keys and integration",
                open: "Open",
                openText: "With an API key your programs act in your name and with your rights.",
                liveKeys: {
                    switch $0 {
                    case 0: "You have no live keys."
                    case 1: "You have 1 live key."
                    default: "You have \($0) live keys."
                    }
                },
                saved: "Saved.",
                passwordChanged: "The password is changed. You are logged out everywhere else."
            ),
            sessions: .english,
            keys: Keys(
                intro: "With a key, your programs act in your name and with your rights.",
                breadcrumb: "Where you are",
                createKey: "Create key",
                deleteAllKeys: "Delete all keys",
                search: "Search",
                searchPlaceholder: "Name or last 4 characters",
                status: "Status",
                anyStatus: "Any status",
                active: "Active",
                notCopied: "Not copied",
                expired: "Expired",
                notCopiedHint:
                    "Nobody confirmed that this key was copied, so it does not work and can only be deleted.",
                selectAll: "Select all keys",
                select: { "Select \($0)" },
                delete: { "Delete \($0)" },
                actions: "Delete",
                name: "Key name",
                key: "Key",
                created: "Creation date",
                expires: "Expiration date",
                lastUsed: "Last used",
                never: "never",
                caption: "Your API keys",
                selected: { "\($0) selected" },
                deleteSelected: "Delete selected keys",
                deleteShort: "Delete",
                clear: "Clear",
                range: { first, last, total in "\(first)–\(last) of \(total)" },
                pages: "Pages of the table",
                previous: "Previous",
                next: "Next",
                emptyTitle: "No keys yet",
                emptyText: "Create a key, and your programs can call the platform with the rights you have.",
                createFirst: "Create your first key",
                noResultsTitle: "No key matches",
                noResultsText: { "No key of yours is called “\($0)” or ends in it." },
                noResultsForStatus: "None of your keys has this status.",
                clearFilters: "Show all keys",
                mayNotCreate: "Your role may not create keys. An administrator of your company can change that."
            ),
            keysPage: .english,
            create: Create(
                title: "Create key",
                namePlaceholder: "Nightly import",
                nameHint: "Say what uses the key: you will look for it by this name.",
                in30Days: "30 days",
                in90Days: "90 days",
                in6Months: "6 months",
                inOneYear: "1 year",
                presets: "How long the key lives",
                worksThrough: { day, zone in "Works until \(day), through the end of the day, \(zone)." },
                permissions: "Permissions",
                everything: { "Everything I may do (\($0))" },
                everythingText: "When your role changes, the key changes with it.",
                dateMissing: "Choose the last day on which the key works."
            ),
            createWindow: .english,
            calendar: .english,
            reveal: Reveal(
                title: "Copy your key now",
                text: "It is shown only this once. We keep no copy and cannot show it again.",
                key: "Your key",
                copyKey: "Copy key",
                showKey: "Show key",
                download: "Download .env",
                copied: "Copied",
                copyFailed: "Copying did not work here. The text is selected: press Ctrl+C, or Cmd+C on a Mac.",
                copiedInPart: "Only a part was copied. Select the whole key and copy it again.",
                notSeenCopied: "We have not seen you copy the key. Make sure that you have it: it is not shown again.",
                haveCopied: "I have copied the key",
                done: "Done",
                tryIt: { "Try it: the programs read the key from \($0)" },
                copyCommand: "Copy code",
                startsWhenConfirmed: "The key starts to work when you check the box.",
                waiting: "Waiting for the first request…",
                firstRequest: { "First request at \($0) from \($1)" },
                firstRequestAt: { "First request at \($0)" }
            ),
            delete: Delete(
                title: "Delete keys",
                oneTitle: { name in "Delete “\(name)”?" },
                someTitle: { $0 == 1 ? "Delete 1 key?" : "Delete \($0) keys?" },
                allTitle: "Delete all keys?",
                oneText: "Whatever uses it stops working at once. This cannot be undone.",
                manyText: "Whatever uses them stops working at once. This cannot be undone.",
                allText: { $0 == 1 ? "You have 1 key." : "You have \($0) keys." },
                lastUsed: { when in "Last used \(when)." },
                neverUsed: "It was never used.",
                usedLastWeek: { "\($0) of them \($0 == 1 ? "was" : "were") used in the last 7 days:" },
                noneUsedLastWeek: "None was used in the last 7 days.",
                andMore: { "and \($0) more" },
                word: "delete",
                typeWord: { "To confirm, type the word “\($0)”" },
                wrongWord: { "Type the word “\($0)” to delete all keys." },
                oneButton: "Delete key",
                manyButton: { $0 == 1 ? "Delete 1 key" : "Delete \($0) keys" },
                done: { "Deleted. No server accepts \($0 == 1 ? "this key" : "these keys") any more." },
                nothingSelected: "No keys are selected. Select at least one in the table."
            ),
            failure: Failure(
                notFoundTitle: "There is no such page",
                notFoundText: "The address may be mistyped, or what was here has been deleted.",
                failedTitle: "This did not work",
                lacksTitle: "This is not open to you",
                lacks: {
                    "Your role lacks the right “\($0)”. An administrator of your company can add it to your role,"
                        + " or give you another role."
                },
                crossSite:
                    "The request came from another site, so it was not carried out. Use the pages of the account.",
                tooLarge: "That is more than a form may hold. Send less.",
                tooSlow: "The form took too long to arrive. Send it again.",
                toMainPage: "To the main page",
                quote: "If it stays so, tell us this number of the request:",
                unreachable:
                    "The server does not answer. Nothing you typed is lost: check the connection and try again.",
                signedOut: "You are logged out. Log in again in another tab, then come back and repeat.",
                anotherPerson:
                    "Somebody else is logged in here now. Log in as yourself in another tab, then come back and repeat."
            ),
            people: .english,
            invitation: .english,
            roles: .english,
            audit: .english,
            companyKeys: .english,
            rights: .english,
            refusals: .english,
            help: .english,
            discussions: .english,
            notifications: .english,
            tutorial: .english,
            offline: .english
        ),
        refusal: englishRefusal
    )

    private static let englishRefusal: @Sendable (Refusal.Code) -> String = { code in
        switch code {
        case .invalid: "Some fields need another look."
        case .nameEmpty: "Enter a name."
        case .nameTooLong: "Use at most 100 characters."
        case .nameHasControlCharacters: "Use letters, digits and signs on one line, without invisible characters."
        case .nameTaken: "This name is already used by another of your keys. Choose another name."
        case .anotherAccount:
            "Another account is logged in here now, so nothing was created or deleted. Log in to your own in another tab,"
                + " then come back and repeat."
        case .dateInvalid: "Choose a day of the calendar."
        case .expiresTooLate: "A key lives at most 1 year. Choose an earlier day."
        case .expiresInPast: "This day is over. Choose today or a later day."
        case .permissionUnknown: "The platform has no such right."
        case .permissionNotHeld: "A key cannot be given more rights than you have."
        case .emailInvalid: "Enter an e-mail address such as name@example.com."
        case .emailTaken: "There is an account with this e-mail. Log in, or use another address."
        case .passwordTooShort: "Use at least 8 characters."
        case .passwordTooLong: "Use at most 256 characters."
        case .passwordTooCommon: "This password is among the most common, so it is easily guessed. Choose another."
        case .passwordIsEmail: "Choose a password that is not your e-mail."
        case .passwordWrong: "This is not your current password."
        case .timeZoneUnknown: "Choose a time zone from the list."
        case .languageUnknown: "Choose a language from the list."
        case .badCredentials: "The e-mail or the password is not right. Check both and try again."
        case .accountBlocked: "This account is blocked. Ask an administrator of your company."
        case .notSignedIn: "Log in to go on."
        case .registrationClosed: "New accounts are not open to everyone here. Ask the people who run the platform."
        case .tooManyAttempts: "There were too many attempts. Wait a little, then try again."
        case .busy: "Many people are logging in right now. Try again in a moment."
        case .rateLimited: "This was asked too often. Try again in a moment."
        case .missingPermission: "Your role does not allow this. Ask an administrator of your company."
        case .notFound: "It is not here any more. It may have been deleted in another window."
        case .confirmationTooLate: "This key was shown too long ago to be confirmed. Delete it and create another."
        case .cursorInvalid: "The list has changed. Load the page again."
        case .roleInUse:
            "Somebody has this role, or is invited to it. Give them another, or withdraw the invitation, first."
        case .roleBuiltIn: "This role cannot be changed."
        case .roleUnknown: "Choose a role from the list."
        case .roleChanged: "The role was changed while you edited it. See what it is now, and decide anew."
        case .lastAdministrator: "A company keeps at least one active Administrator."
        case .invitationUnknown: "This link does not work any more. Ask the one who invited you for a new one."
        case .invitationUsed: "This invitation has been used already. If it was you, log in."
        case .invitationExpired: "This invitation is over. Ask the one who invited you for a new link."
        case .tooManyRoles: "There are 500 roles, and no room for more. Delete some first."
        case .tooManyInvitations:
            "200 invitations are open, or 300 were sent within a day. Withdraw some, or wait until tomorrow."
        case .titleTooShort: "Say in a few words what it is about: at least 3 characters."
        case .titleTooLong: "At most 150 characters. The rest has room below."
        case .textEmpty: "Write something."
        case .textTooLong: "At most 10,000 characters. Shorten it."
        case .textTooNested: "Lists and quotes lie in one another too deeply. Write it simpler."
        case .textHasControlCharacters: "The text holds invisible control characters. Type it anew."
        case .topicClosed: "The question is closed: nothing is written or edited here any more."
        case .replyUnknown: "This reply is not there any more."
        case .answerChanged: "Another reply has been marked meanwhile. Nothing was changed: see which one it is now."
        case .moderated: "A moderator decided this. Only a moderator can undo it."
        case .unavailable: "The service cannot answer at the moment. Try again in a minute."
        }
    }
}
