/// Why a request that we understood is not carried out: an expected outcome, with a stable code and no inner detail.
package struct Refusal: Error, Hashable, Sendable {
    /// What kind of refusal it is; the HTTP status follows from it.
    package enum Kind: Hashable, Sendable {
        case invalid, unauthenticated, forbidden, notFound, conflict
        /// Asked too often, or too busy: worth trying again after the interval.
        case later(Duration)
        /// The store cannot answer now.
        case unavailable
    }

    /// What is wrong with one field of a form or one member of a body.
    package struct Problem: Hashable, Sendable {
        package let field: String
        package let code: Code

        package init(field: String, code: Code) {
            self.field = field
            self.code = code
        }
    }

    package let kind: Kind
    package let code: Code
    package let problems: [Problem]
    /// The permission that was lacking, for `missing_permission`.
    package let permission: Permission?
    /// What happened inside, for the log; no answer ever holds it.
    package let cause: String?

    package init(
        _ kind: Kind, _ code: Code, problems: [Problem] = [], permission: Permission? = nil, cause: String? = nil
    ) {
        self.kind = kind
        self.code = code
        self.problems = problems
        self.permission = permission
        self.cause = cause
    }
}

extension Refusal {
    /// The stable codes of refused changes. Never renamed: clients compare them.
    package enum Code: String, CaseIterable, Sendable {
        case invalid
        case nameEmpty = "name_empty"
        case nameTooLong = "name_too_long"
        case nameHasControlCharacters = "name_has_control_characters"
        case nameTaken = "name_taken"
        case anotherAccount = "another_account"
        case dateInvalid = "date_invalid"
        case expiresTooLate = "expires_too_late"
        case expiresInPast = "expires_in_past"
        case permissionUnknown = "permission_unknown"
        case permissionNotHeld = "permission_not_held"
        case emailInvalid = "email_invalid"
        case emailTaken = "email_taken"
        case passwordTooShort = "password_too_short"
        case passwordTooLong = "password_too_long"
        case passwordTooCommon = "password_too_common"
        case passwordIsEmail = "password_is_email"
        case passwordWrong = "password_wrong"
        case timeZoneUnknown = "time_zone_unknown"
        case languageUnknown = "language_unknown"
        case badCredentials = "bad_credentials"
        case accountBlocked = "account_blocked"
        case notSignedIn = "not_signed_in"
        case registrationClosed = "registration_closed"
        case tooManyAttempts = "too_many_attempts"
        case busy
        case rateLimited = "rate_limited"
        case missingPermission = "missing_permission"
        case notFound = "not_found"
        case confirmationTooLate = "confirmation_too_late"
        case cursorInvalid = "cursor_invalid"
        case roleInUse = "role_in_use"
        case roleBuiltIn = "role_built_in"
        case roleUnknown = "role_unknown"
        case roleChanged = "role_changed"
        case tooManyRoles = "too_many_roles"
        case lastAdministrator = "last_administrator"
        case invitationUnknown = "invitation_unknown"
        case invitationUsed = "invitation_used"
        case invitationExpired = "invitation_expired"
        case tooManyInvitations = "too_many_invitations"
        case titleTooShort = "title_too_short"
        case titleTooLong = "title_too_long"
        case textEmpty = "text_empty"
        case textTooLong = "text_too_long"
        case textTooNested = "text_too_nested"
        case textHasControlCharacters = "text_has_control_characters"
        case topicClosed = "topic_closed"
        case replyUnknown = "reply_unknown"
        case answerChanged = "answer_changed"
        case moderated
        case unavailable
    }

    /// One field is wrong.
    package static func field(_ field: String, _ code: Code) -> Refusal {
        fields([Problem(field: field, code: code)])
    }

    /// Several fields are wrong. A single one gives its code to the whole; `name_taken` and `email_taken` are conflicts.
    package static func fields(_ problems: [Problem]) -> Refusal {
        let code = problems.count == 1 ? problems[0].code : .invalid
        let isConflict = code == .nameTaken || code == .emailTaken
        return Refusal(isConflict ? .conflict : .invalid, code, problems: problems)
    }

    package static let notFound = Refusal(.notFound, .notFound)
    package static let notSignedIn = Refusal(.unauthenticated, .notSignedIn)
    package static let badCredentials = Refusal(.unauthenticated, .badCredentials)

    package static func unavailable(cause: String) -> Refusal {
        Refusal(.unavailable, .unavailable, cause: cause)
    }

    package static func missing(_ permission: Permission) -> Refusal {
        Refusal(.forbidden, .missingPermission, permission: permission)
    }
}

/// Gathers what is wrong with each field, so that a person hears of everything at once.
package struct FieldChecks {
    private var problems: [Refusal.Problem] = []

    package init() {}

    /// The checked value, or `nil` with its problem noted.
    package mutating func check<Value>(_ value: () throws(Refusal) -> Value) -> Value? {
        do {
            return try value()
        } catch {
            problems += error.problems
            return nil
        }
    }

    package mutating func note(_ field: String, _ code: Refusal.Code) {
        problems.append(Refusal.Problem(field: field, code: code))
    }

    /// - Throws: all that was noted.
    package func finish() throws(Refusal) {
        if !problems.isEmpty { throw .fields(problems) }
    }
}
