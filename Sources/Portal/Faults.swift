import KeyCore

/// What is wrong with a form that was sent: the sentence under each field, and the one above them all.
struct Faults: Sendable {
    static let none = Faults(problems: [], general: nil)

    let problems: [Refusal.Problem]
    /// A refusal that belongs to no field of the form.
    let general: Refusal.Code?

    private init(problems: [Refusal.Problem], general: Refusal.Code?) {
        self.problems = problems
        self.general = general
    }

    init(_ refusal: Refusal) {
        self.init(problems: refusal.problems, general: refusal.problems.isEmpty ? refusal.code : nil)
    }

    func sentence(for field: String, _ phrases: Phrases) -> String? {
        problems.first { $0.field == field }.map { phrases.refusal($0.code) }
    }

    /// Whether a field is the one that the reader should look at first.
    func isFirst(_ field: String, among fields: [String]) -> Bool {
        fields.first { name in problems.contains { $0.field == name } } == field
    }
}
