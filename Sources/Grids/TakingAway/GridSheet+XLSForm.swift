import Formats
import Platform

extension GridSheet {
    /// The grid as an XLSForm (xlsform.org) for KoboToolbox or ODK: a group each dimension, a text each question under its name
    /// for ever, its probes as notes.
    package var xlsForm: Workbook {
        var rows = [
            ["type", "name", "label", "hint", "appearance"], ["start", "start"], ["end", "end"], ["today", "today"],
            ["text", "essaim_encounter", words("grids.form.encounter"), words("grids.form.encounterHint")],
            ["text", "essaim_note_taker", words("grids.form.noteTaker"), words("grids.form.noteTakerHint")],
        ]
        for part in parts {
            rows.append(["begin_group", name(part.key), said(part.name), "", "field-list"])
            if !part.description.isEmpty { rows.append(["note", "\(name(part.key))_about", said(part.description)]) }
            for item in part.items {
                rows.append(["text", name(item.key), said(item.text), "", "multiline"])
                for (index, probe) in item.probes.enumerated() { rows.append(["note", "\(name(item.key))_probe_\(index + 1)", said(probe)]) }
            }
            rows.append(["end_group"])
        }
        let settings = [["form_title", "form_id", "version", "style"], [said("\(title) — \(subtitle)"), name(self.name), version, "pages"]]
        return Workbook([.init("survey", rows), .init("choices", [["list_name", "name", "label"]]), .init("settings", settings)])
    }

    /// A name as forms take it: a letter first, then letters, figures, hyphens.
    private func name(_ key: String) -> String { GridKeys.begun(key) }

    /// « ${ » would be read as the value of another field.
    private func said(_ text: String) -> String { text.replacing("${", with: "$ {") }
}
