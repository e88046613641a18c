import KeyCore

/// One line of a form: its label, its control, a hint and what is wrong with it.
struct Field {
    let name: String
    let label: String
    var type = "text"
    var value = ""
    var autocomplete = "off"
    var hint: String?
    /// More attributes of the control.
    var attributes: HTML = ""

    func html(_ faults: Faults, _ phrases: Phrases, isFirstFault: Bool = false) -> HTML {
        let fault = faults.sentence(for: name, phrases)
        // A fault says what the hint said, and more.
        let shownHint = fault == nil ? hint : nil
        let describedBy = shownHint == nil ? "\(name)-fault" : "\(name)-hint \(name)-fault"
        let input: HTML = """
            <input class="input" id="\(name)" name="\(name)" type="\(type)" value="\(value)" \
            autocomplete="\(autocomplete)" required aria-describedby="\(describedBy)"\
            \(if: fault != nil, " aria-invalid=\"true\"")\(if: isFirstFault, " autofocus")\(attributes)>
            """
        return """
            <div class="field">
            <label for="\(name)">\(label)</label>
            \(type == "password" ? "<div class=\"unveiling\">\(input)\(unveil(phrases))</div>" : input)
            \(if: shownHint != nil, "<p class=\"hint\" id=\"\(name)-hint\">\(shownHint ?? "")</p>")
            \(Parts.fault(name, fault))
            </div>
            """
    }

    /// Shows what was typed as a password. Only scripts can do it, so scripts show it.
    private func unveil(_ phrases: Phrases) -> HTML {
        """
        <button class="icon-button" type="button" aria-label="\(phrases.entrance.show(label))" aria-pressed="false" \
        data-unveils="\(name)" hidden>\(Icon.eye.html(class: "veiled-icon"))\(Icon.eyeClosed.html(class: "unveiled-icon"))\
        </button>
        """
    }
}

/// Small pieces that several pages share.
enum Parts {
    /// The place for a sentence about a field; empty until there is one.
    static func fault(_ name: String, _ sentence: String?) -> HTML {
        "<p class=\"fault\" id=\"\(name)-fault\" aria-live=\"polite\">\(sentence ?? "")</p>"
    }

    /// What is wrong with a form as a whole, above its fields.
    ///
    /// - Parameter fields: those of the form; where several of them are at fault, their names lead to them.
    static func summary(_ faults: Faults, _ phrases: Phrases, _ fields: [Field] = []) -> HTML {
        if let general = faults.general {
            return """
                <div class="note bad" role="alert" tabindex="-1" autofocus>\(NoteKind.bad.icon)\
                <div>\(phrases.refusal(general))</div></div>
                """
        }
        guard !faults.problems.isEmpty else { return "" }
        let count = Set(faults.problems.map(\.field)).count
        let links = fields.filter { field in faults.problems.contains { $0.field == field.name } }.map {
            field -> HTML in
            "<li><a href=\"#\(field.name)\">\(field.label)</a></li>"
        }
        return """
            <div class="note bad" role="alert">\(NoteKind.bad.icon)<div><p>\(phrases.entrance.checkFields(count))</p>\
            \(if: links.count > 1, "<ul class=\"faulty\">\(links)</ul>")</div></div>
            """
    }

    static func note(_ kind: NoteKind, _ text: String) -> HTML {
        "<div class=\"note \(kind.rawValue)\" role=\"status\">\(kind.icon)<div>\(text)</div></div>"
    }

    enum NoteKind: String {
        case good, warning, bad

        var icon: HTML { self == .good ? Icon.tick.html : Icon.warning.html }
    }

    /// A button that leads to a page.
    static func link(to path: String, _ label: String, _ style: String = "") -> HTML {
        "<a class=\"button \(style)\" href=\"\(path)\">\(label)</a>"
    }

    /// A moment as a date, with the exact time under the pointer.
    static func date(_ moment: Timestamp, _ reader: Reader) -> HTML {
        time(moment, reader.date(moment), reader)
    }

    /// A moment as its distance from now.
    static func ago(_ moment: Timestamp, _ reader: Reader) -> HTML {
        time(moment, reader.ago(moment), reader)
    }

    /// A moment to the second, above how long ago it was.
    static func moment(_ moment: Timestamp, _ reader: Reader) -> HTML {
        "\(time(moment, reader.dateAndTime(moment), reader))<span class=\"below\">\(reader.ago(moment))</span>"
    }

    private static func time(_ moment: Timestamp, _ text: String, _ reader: Reader) -> HTML {
        "<time datetime=\"\(moment.rfc3339)\" title=\"\(reader.exactly(moment))\">\(text)</time>"
    }

    /// A choice from a list.
    static func select(
        _ name: String, options: [(value: String, label: String)], chosen: String,
        attributes: HTML = ""
    ) -> HTML {
        let items = options.map { option -> HTML in
            "<option value=\"\(option.value)\"\(if: option.value == chosen, " selected")>\(option.label)</option>"
        }
        return "<select class=\"input\" id=\"\(name)\" name=\"\(name)\"\(attributes)>\(items)</select>"
    }

    /// The phrases that scripts say, for them to find by name.
    static func words(_ words: [(name: String, phrase: String)]) -> HTML {
        let items = words.map { word -> HTML in "<p data-word=\"\(word.name)\">\(word.phrase)</p>" }
        return "<template id=\"words\">\(items)</template>"
    }
}
