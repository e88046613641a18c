extension Platform {
    /// A role's name in both languages: the platform's own names for a role of its own that nobody has renamed.
    package func roleName(_ role: Role) -> Name {
        let template = roles.first { $0.id == role.template && $0.name.english == role.name }
        return template?.name ?? Name(role.name, role.name)
    }

    /// The same for a role of which only the name is known, such as one in the audit log.
    package func roleName(called name: String) -> Name {
        roles.first { $0.name.english == name }?.name ?? Name(name, name)
    }

    /// Changes whenever the name or the rights of a role do: what a form was made from, so that it never overwrites
    /// what it has not shown.
    package func version(of role: Role) -> String {
        let content = role.name + "\n" + names(of: role.permissions).joined(separator: " ")
        return Digest(of: Array(content.utf8)).bytes.prefix(8).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
    }
}
