import HTTPTypes
import KeyCore

extension Problem {
    /// A refusal as the API tells it.
    package init(_ refusal: Refusal, platform: Platform) {
        let status: HTTPResponse.Status =
            switch refusal.kind {
            case .invalid: .unprocessableContent
            case .unauthenticated: .unauthorized
            case .forbidden: .forbidden
            case .notFound: .notFound
            case .conflict: .conflict
            case .later: .tooManyRequests
            case .unavailable: .serviceUnavailable
            }
        var detail = refusal.code.detail
        if let permission = refusal.permission { detail += " It needs \(platform.name(of: permission))." }
        self.init(status, refusal.code.rawValue, detail)
        errors = refusal.problems.map {
            FieldProblem(field: $0.field, code: $0.code.rawValue, detail: $0.code.detail)
        }
        cause = refusal.cause
        switch refusal.kind {
        case .later(let delay): headers[.retryAfter] = String(max(1, (delay.milliseconds + 999) / 1000))
        case .unavailable: headers[.retryAfter] = "1"
        case .unauthenticated: headers[.wwwAuthenticate] = BearerChallenge(platform).text
        default: break
        }
    }
}

extension Refusal.Code {
    /// What happened and what to do, in one or two sentences.
    package var detail: String {
        switch self {
        case .invalid: "Some fields need another value; see errors."
        case .nameEmpty: "The name is empty. Give one."
        case .nameTooLong: "The name is longer than 100 characters. Shorten it."
        case .nameHasControlCharacters: "The name holds control characters or line breaks. Leave them out."
        case .nameTaken: "This name is already used. Choose another."
        case .anotherAccount: "The session or the key is not of the user whom user_id names. Nothing was changed."
        case .dateInvalid: "This is not a day of the calendar. Write it as YYYY-MM-DD."
        case .expiresTooLate: "The expiration date is more than one year away. Choose an earlier one."
        case .expiresInPast: "The expiration date is in the past. Choose today or a later day."
        case .permissionUnknown: "The platform has no such permission. GET /v1/me lists yours."
        case .permissionNotHeld: "A key cannot be given a permission that you do not have yourself."
        case .emailInvalid: "This is not an e-mail address."
        case .emailTaken: "There is an account with this e-mail address already. Log in instead."
        case .passwordTooShort: "The password has fewer than 8 characters. Choose a longer one."
        case .passwordTooLong: "The password has more than 256 characters. Choose a shorter one."
        case .passwordTooCommon: "This password is among the most common ones. Choose another."
        case .passwordIsEmail: "The password is your e-mail address. Choose another."
        case .passwordWrong: "The current password is not right."
        case .timeZoneUnknown: "There is no such time zone. Use a name such as Europe/Moscow or UTC."
        case .languageUnknown: "The languages are en and ru."
        case .badCredentials: "The e-mail address or the password is not right."
        case .accountBlocked: "This account is blocked. Ask an administrator of your company."
        case .notSignedIn: "Log in, or send an API key in Authorization: Bearer KEY."
        case .registrationClosed: "New accounts cannot be made here."
        case .tooManyAttempts: "Too many attempts. Wait as long as Retry-After says, then try again."
        case .busy: "Too many log-ins are being checked at this moment. Try again in a second."
        case .rateLimited: "Too many such requests are open or came lately. Wait as long as Retry-After says."
        case .missingPermission: "You may not do this."
        case .notFound: "There is nothing here that you may see."
        case .confirmationTooLate: "The key was shown more than a day ago. Delete it and create a new one."
        case .cursorInvalid: "This cursor is not one that this list gave. Start without a cursor."
        case .roleInUse:
            "Somebody has this role, or an invitation promises it. Give them another role, or withdraw the invitation, first."
        case .roleBuiltIn: "This role cannot be changed."
        case .tooManyRoles: "The company has 500 roles. Delete some first."
        case .roleUnknown: "The company has no such role."
        case .roleChanged: "The role was changed meanwhile. Read it again and decide anew."
        case .lastAdministrator: "A company keeps at least one active Administrator."
        case .invitationUnknown: "There is no such invitation any more. Ask the one who invited you for a new link."
        case .invitationUsed: "This invitation has been used already. Log in."
        case .invitationExpired: "This invitation is over. Ask the one who invited you for a new link."
        case .tooManyInvitations:
            "The company has 200 open invitations, or has sent 300 within a day. Withdraw some, or wait."
        case .titleTooShort: "The title has fewer than 3 characters. Say in a few words what it is about."
        case .titleTooLong: "The title is longer than 150 characters. Shorten it."
        case .textEmpty: "There is nothing to read in the text. Write something."
        case .textTooLong: "The text is longer than 10,000 characters. Shorten it."
        case .textTooNested: "Lists, quotes or emphasis lie in one another more than 30 levels deep. Write it simpler."
        case .textHasControlCharacters: "The text holds control characters. Leave them out."
        case .topicClosed: "The topic is closed: nothing in it is written or edited any more."
        case .replyUnknown: "The topic has no such reply, or it is hidden."
        case .answerChanged: "Another reply is marked as the answer meanwhile. Nothing was changed."
        case .moderated: "A moderator decided this, and only a moderator can undo it."
        case .unavailable: "The data cannot be reached at this moment. Nothing was changed. Try again."
        }
    }
}
