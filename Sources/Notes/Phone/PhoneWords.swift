import Formats
import Platform

extension NotebookViews {
    /// What the script of the notebook says.
    var scriptWords: String {
        let plain = [
            "unsent", "sending", "unreadable", "tried", "away", "saved", "keptBoth", "apart", "apartLink", "refused", "stateAll", "offline", "expired",
            "portal", "server", "gone", "ended", "other", "memory", "volatile", "full", "failing", "login", "retry", "drop", "dropConfirm",
            "edit", "takeAway", "photo", "page", "pageWhat", "photoWhat", "photoLarge", "photoUnread", "describe", "reduced", "sound", "soundOf", "stop", "recording", "microphoneRefused",
            "people", "voices", "agreement", "kept", "removeMedia", "opens", "opensUntil", "opensNotYet", "opensNever", "placeHere", "placeFound", "placeRefused",
        ]
        let counted = ["stateWaiting", "mediaWaiting", "locked", "restored", "lost", "aging", "aged", "more", "media"]
        let names = plain + counted.flatMap { ["\($0).one", "\($0).other"] }
        var keys = Dictionary(uniqueKeysWithValues: names.map { ($0, "notes.script.\($0)") })
        for manner in Manner.allCases { keys[manner.rawValue] = "notes.manner.\(manner.rawValue)" }
        for answer in Attachment.People.allCases {
            for kind in ["people", "voices"] { keys["\(kind).\(answer.rawValue)"] = "notes.script.\(kind).\(answer.rawValue)" }
        }
        keys["empty"] = "notes.refusal.empty"
        keys["required"] = "platform.form.required"
        keys["offRecord"] = "notes.audience.offRecord"
        keys["begun"] = "notes.audience.begun"
        return words.json(keys)
    }
}
