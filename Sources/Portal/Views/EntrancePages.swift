import KeyCore

/// The first page of a visitor.
struct WelcomePage {
    let reader: Reader
    let platform: Platform
    let mayRegister: Bool

    var content: HTML {
        let (entrance, common) = (reader.phrases.entrance, reader.phrases.common)
        return """
            \(sample)
            <div class="intro">
            <h1>\(entrance.welcomeTitle(platform.name))</h1>
            <p class="quiet">\(entrance.welcomeText)</p>
            </div>
            \(mayRegister
                ? Parts.link(to: "/register", common.register, "primary wide")
                : Parts.link(to: "/login", common.logIn, "primary wide"))
            \(if: mayRegister, otherWay)
            """
    }

    private var otherWay: HTML {
        """
        <p class="other-way">\(reader.phrases.entrance.haveAccount) \
        <a href="/login">\(reader.phrases.common.logIn)</a></p>
        """
    }

    /// A key as its owner will see it, to look at only.
    private var sample: HTML {
        let bars = WelcomePage.uses.enumerated().map { day, height -> HTML in
            "<rect x=\"\(day * 6)\" y=\"\(32 - height)\" width=\"4\" height=\"\(height)\" rx=\"1\"/>"
        }
        return """
            <div class="sample card" aria-hidden="true">
            <span class="mark">\(Icon.key.html)</span>
            <p><strong>\(reader.phrases.create.namePlaceholder)</strong>
            <span class="code">\(platform.keyPrefix)_••••a1B2</span></p>
            <svg viewBox="0 0 118 32" focusable="false">\(bars)</svg>
            </div>
            """
    }

    /// Twenty days of a program that rests at weekends.
    private static let uses = [9, 14, 12, 17, 15, 3, 2, 16, 19, 17, 22, 20, 4, 3, 21, 24, 22, 27, 25, 32]
}

struct RegisterPage {
    static let fields = ["name", "email", "password", "company"]

    let reader: Reader
    let faults: Faults
    var name = ""
    var email = ""
    var company = ""

    var content: HTML {
        let (entrance, common) = (reader.phrases.entrance, reader.phrases.common)
        return """
            <div class="intro">
            <h1>\(entrance.registerTitle)</h1>
            <p class="quiet">\(entrance.registerText)</p>
            </div>
            <form class="form" method="post" action="/register" novalidate>
            \(Parts.summary(faults, reader.phrases, fields))
            \(fields.map { field in
                field.html(faults, reader.phrases, isFirstFault: faults.isFirst(field.name, among: RegisterPage.fields))
            })
            <input type="hidden" name="time_zone" value="" data-fills-time-zone>
            <button class="button primary wide">\(common.register)</button>
            </form>
            <p class="other-way">\(entrance.haveAccount) <a href="/login">\(common.logIn)</a></p>
            """
    }

    private var fields: [Field] {
        let entrance = reader.phrases.entrance
        return [
            Field(name: "name", label: entrance.name, value: name, autocomplete: "name"),
            Field(name: "email", label: entrance.email, type: "email", value: email, autocomplete: "username"),
            Field(
                name: "password", label: entrance.password, type: "password", autocomplete: "new-password",
                hint: entrance.passwordHint),
            Field(name: "company", label: entrance.company, value: company, autocomplete: "organization"),
        ]
    }
}

struct LogInPage {
    let reader: Reader
    let faults: Faults
    var email = ""
    /// Where the visitor wanted to go.
    var next = ""
    let mayRegister: Bool

    var content: HTML {
        let (entrance, common) = (reader.phrases.entrance, reader.phrases.common)
        let email = Field(
            name: "email", label: entrance.email, type: "email", value: email, autocomplete: "username")
        let password = Field(
            name: "password", label: entrance.password, type: "password", autocomplete: "current-password")
        return """
            <div class="intro">
            <h1>\(entrance.logInTitle)</h1>
            </div>
            <form class="form" method="post" action="/login" novalidate>
            \(Parts.summary(faults, reader.phrases, [email, password]))
            \(email.html(faults, reader.phrases))
            \(password.html(faults, reader.phrases))
            <input type="hidden" name="next" value="\(next)">
            <button class="button primary wide">\(common.logIn)</button>
            </form>
            \(if: mayRegister, otherWay)
            """
    }

    private var otherWay: HTML {
        """
        <p class="other-way">\(reader.phrases.entrance.noAccount) \
        <a href="/register">\(reader.phrases.common.register)</a></p>
        """
    }
}
