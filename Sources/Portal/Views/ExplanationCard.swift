import KeyCore

/// "Would this key be allowed?": the question as a form, and what decides.
struct ExplanationCard {
    private static let example = "/api/devices"

    let reader: Reader
    let platform: Platform
    let key: Key
    let question: RefusalsPage.Question?

    private var words: Phrases.Refusals { reader.phrases.refusals }
    private var inWords: RightsInWords { RightsInWords(reader: reader, platform: platform) }

    var html: HTML {
        """
        <section class="card" id="explain" aria-labelledby="explain-title"><div class="part section">
        <div class="intro"><h2 id="explain-title">\(words.explain)</h2>
        <p class="quiet small">\(words.explainText)</p></div>
        \(form)
        \(question?.answer.map(answer) ?? "")
        </div></section>
        """
    }

    private var isPathWrong: Bool { question != nil && question?.answer == nil }

    private var form: HTML {
        """
        <form class="explain" method="get" action="/settings/keys/refusals#explain">
        <input type="hidden" name="key" value="\(key.id.description)">
        <div class="field"><label for="method">\(words.method)</label>
        \(Parts.select(
            "method", options: RefusalsPage.methods.map { ($0, $0) },
            chosen: question?.method ?? RefusalsPage.methods[0]))</div>
        <div class="field"><label for="path">\(words.path)</label>
        <input class="input" id="path" name="path" value="\(question?.path ?? "")" placeholder="\(ExplanationCard.example)" required \
        autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby="path-fault"\
        \(if: isPathWrong, " aria-invalid=\"true\" autofocus")>
        \(Parts.fault("path", isPathWrong ? words.pathMissing : nil))</div>
        <button class="button primary">\(words.check)</button>
        </form>
        """
    }

    private func answer(_ explanation: Explanation) -> HTML {
        switch explanation.decision {
        case .accepted: verdict(.good, words.allowed, nil, explanation)
        case .refused(let reason): verdict(.bad, words.refused, reason, explanation)
        }
    }

    private func verdict(
        _ kind: Parts.NoteKind, _ title: String, _ reason: Decision.Reason?, _ explanation: Explanation
    ) -> HTML {
        """
        <div class="note \(kind.rawValue)" role="status" data-verdict>\(kind.icon)<div><p><strong>\(title)</strong></p>
        \(reason.map(why) ?? "")</div></div>
        <dl class="facts"><dt>\(words.decides)</dt><dd>\(rule(explanation))</dd></dl>
        """
    }

    private func why(_ reason: Decision.Reason) -> HTML {
        let right = if case .missingPermission(let permission) = reason { inWords.name(permission) } else { "" }
        let told = words.reason(RefusedCode(reason.code), right)
        return "<p>\(told.what) \(told.advice) \(RefusalsPage.stable(reason.code))</p>"
    }

    /// What decides about the request itself, whatever the state of the key.
    private func rule(_ explanation: Explanation) -> HTML {
        if case .refused(.pathRefused) = explanation.decision {
            return "\(words.reason(.pathRefused, "").what)"
        }
        guard let route = explanation.route else {
            return explanation.otherwise == .refuse ? "\(words.noRuleRefuses)" : "\(words.noRule)"
        }
        let rule: HTML = "<code>\(route.method) \(route.pattern)</code>"
        guard let permission = route.permission else { return words.ruleNeedsKey(rule) }
        return words.ruleNeedsRight(rule, inWords.name(permission))
    }
}
