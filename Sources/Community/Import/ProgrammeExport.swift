import Database
import Platform

/// Gives a programme back as a file: what was imported, with the title, the rule and the licence of today.
public enum ProgrammeExport {
    /// The programme file in YAML.
    /// - Throws: `NotFound` when there is no such programme.
    public static func yaml(_ programmeId: String, _ reader: any Reader) throws -> String {
        let programme = try Programme.load(id: programmeId, reader)
        var file = try ProgrammeParts.file(of: programmeId, reader) ?? ProgrammeFile()
        file.slug = programme.slug
        file.title = programme.title
        file.summary = programme.summary.isEmpty ? nil : programme.summary
        file.language = programme.language == .french ? .french : .english
        file.licence = ProgrammeFile.Licence(rawValue: programme.license) ?? file.licence
        file.publication.requiresSignatory = programme.rule.requiresSignatory
        file.publication.groupShare = programme.rule.sharePercent
        file.publication.deadlineDays = programme.rule.answerDays
        return file.yaml()
    }
}
