import KeyCore

/// The first page of a visitor.
struct WelcomePage {
    let reader: Reader
    let platform: String
    let mayRegister: Bool

    var content: HTML {
        let phrases = reader.phrases
        return """
            <div class="intro">
            <h1>\(phrases.entrance.welcomeTitle(platform))</h1>
            <p class="quiet">\(phrases.entrance.welcomeText)</p>
            </div>
            <div class="form">
            \(if: mayRegister, Parts.link(to: "/register", phrases.common.register, "primary wide"))
            \(Parts.link(to: "/login", phrases.common.logIn, mayRegister ? "wide" : "primary wide"))
            </div>
            """
    }
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
            \(Parts.summary(faults, reader.phrases))
            \(fields)
            <input type="hidden" name="time_zone" value="" data-fills-time-zone>
            <button class="button primary wide">\(common.register)</button>
            </form>
            <p class="other-way">\(entrance.haveAccount) <a href="/login">\(common.logIn)</a></p>
            """
    }

    private var fields: [HTML] {
        let entrance = reader.phrases.entrance
        return [
            Field(name: "name", label: entrance.name, value: name, autocomplete: "name"),
            Field(name: "email", label: entrance.email, type: "email", value: email, autocomplete: "username"),
            Field(
                name: "password", label: entrance.password, type: "password", autocomplete: "new-password",
                hint: entrance.passwordHint),
            Field(name: "company", label: entrance.company, value: company, autocomplete: "organization"),
        ].map { $0.html(faults, reader.phrases, isFirstFault: faults.isFirst($0.name, among: RegisterPage.fields)) }
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
            \(Parts.summary(faults, reader.phrases))
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

/// A page that says one thing: that it is not there, or why it could not be done.
struct MessagePage {
    let reader: Reader
    let title: String
    let text: String

    var content: HTML {
        """
        <div class="section">
        <div class="intro">
        <h1>\(title)</h1>
        <p class="quiet">\(text)</p>
        </div>
        <p>\(Parts.link(to: "/", reader.phrases.failure.toMainPage))</p>
        </div>
        """
    }
}
