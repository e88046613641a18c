import KeyCore
import Web

/// Which rights a person gives to a new key.
struct RightsChoice: Equatable {
    static let everything = RightsChoice(isEverything: true, ticked: [])

    /// Whatever the owner may do, now and later.
    let isEverything: Bool
    /// The names of the rights that were ticked.
    let ticked: [String]

    /// What the key is not given, and why the choice cannot stand as it is.
    enum Fault: Equatable {
        case nothing
        /// Without scripts, boxes can be unticked while "everything" is chosen. Taking that as everything would give
        /// the key more than was meant.
        case contradiction
        /// The owner had these when the form was made, and has them no more.
        case lost([String])
    }

    func fault(held: PermissionSet, _ platform: Platform) -> Fault? {
        let known = Set(platform.names(of: held))
        if isEverything {
            return ticked.isEmpty || Set(ticked) == known ? nil : .contradiction
        }
        let lost = ticked.filter { !known.contains($0) }
        if !lost.isEmpty { return .lost(lost) }
        return ticked.isEmpty ? .nothing : nil
    }
}

extension RightsChoice {
    init(_ fields: FormFields) {
        isEverything = fields["rights"] != "some"
        ticked = Array(fields.all("permissions").prefix(PermissionSet.maximumCount))
    }
}
