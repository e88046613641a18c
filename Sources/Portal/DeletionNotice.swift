/// What a deletion of keys leaves to be said when it has led back to the list.
enum DeletionNotice: String {
    case deletedOne = "deleted-one"
    case deletedMany = "deleted-many"
    case nothingSelected = "nothing-selected"

    init(deleted count: Int) {
        self = count == 1 ? .deletedOne : .deletedMany
    }

    /// What the address asks to be said.
    static func sentence(for person: SignedIn) -> String? {
        let words = person.reader.phrases.delete
        return switch DeletionNotice(rawValue: person.request.query["notice"]) {
        case .deletedOne: words.done(1)
        // The sentence holds no number: any that is not one makes it.
        case .deletedMany: words.done(2)
        case .nothingSelected: words.nothingSelected
        case nil: nil
        }
    }
}
