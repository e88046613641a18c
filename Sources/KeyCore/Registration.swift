/// A registration whose fields are right.
struct CheckedRegistration {
    let name: String
    let email: EmailAddress
    let password: Password
    let company: String
    let timeZone: UserTimeZone
    let language: Language
}

extension Registry {
    func check(_ form: RegistrationForm) throws(Refusal) -> CheckedRegistration {
        var checks = FieldChecks()
        let name = checks.check { () throws(Refusal) in try PersonalText.line(form.name, field: "name") }
        let email = checks.check { () throws(Refusal) in try EmailAddress(form.email) }
        let password = Password(form.password)
        _ = checks.check { () throws(Refusal) in try passwords.check(password, email: email) }
        let company = checks.check { () throws(Refusal) in try PersonalText.line(form.company, field: "company") }
        let timeZone = checks.check { () throws(Refusal) in
            try form.timeZone.map { (name) throws(Refusal) in try UserTimeZone(name) } ?? .utc
        }
        try checks.finish()
        guard let name, let email, let company, let timeZone else {
            preconditionFailure("Each field was checked or its fault was thrown.")
        }
        return CheckedRegistration(
            name: name, email: email, password: password, company: company, timeZone: timeZone,
            language: form.language)
    }
}

/// A new company with its roles and its first user.
struct Founding: Sendable {
    let company: Company
    let roles: [Role]
    let user: User
    let account: Account

    init(_ form: CheckedRegistration, platform: Platform, at now: Timestamp) {
        let company = Company(id: .random(), name: form.company, createdAt: now)
        let roles = platform.roles.map { template in
            Role(
                id: .random(), company: company.id, name: template.name.english, template: template.id,
                permissions: template.permissions)
        }
        guard let administrator = roles.first(where: \.isAdministrator) else {
            preconditionFailure("The platform lacks the role \(Platform.administratorRole).")
        }
        user = User(
            id: .random(), company: company.id, role: administrator.id, name: form.name, email: form.email,
            language: form.language, timeZone: form.timeZone, createdAt: now)
        account = Account(user: user, company: company, role: administrator)
        self.company = company
        self.roles = roles
    }

    func write(
        to transaction: any WriteTransaction, passwordHash: String, actor: ID<User>?, on occasion: Occasion
    ) throws(StoreError) -> Revision {
        try transaction.insert(company)
        for role in roles { try transaction.insert(role) }
        try transaction.insert(user, passwordHash: passwordHash)
        try transaction.append(
            AuditEvent(
                .accountRegistered, on: occasion, company: company.id, actor: actor, target: user.id.description))
        return try transaction.note([.user(user.id)])
    }
}
