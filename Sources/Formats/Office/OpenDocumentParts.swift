/// The parts of an OpenDocument text besides its words: styles, what it says of itself, the list of its parts.
enum OpenDocumentParts {
    private static let head: Markup = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    private static let space: Markup = """
        xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" office:version="1.3"
        """

    static func manifest(_ images: [OfficeImage]) -> Markup {
        let pictures = images.map { image -> Markup in
            "<manifest:file-entry manifest:full-path=\"Pictures/\(image.part)\" manifest:media-type=\"image/\(image.ending == "png" ? "png" : "jpeg")\"/>"
        }
        return """
            \(head)<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>\(pictures.joined())</manifest:manifest>
            """
    }

    /// An image in its line, with the words for who does not see it. Names are each their own in a document.
    static func frame(_ image: OfficeImage, alternative: String, number: Int) -> Markup {
        func length(_ hundredths: Int) -> String { "\(Double(hundredths) / 1_000)cm" }
        let said: Markup = alternative.isEmpty ? .empty : "<svg:desc>\(alternative)</svg:desc>"
        return """
            <draw:frame draw:name="\(image.name)#\(number)" text:anchor-type="as-char" svg:width="\(length(image.size.width))" svg:height="\(length(image.size.height))"><draw:image xlink:href="Pictures/\(image.part)" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>\(said)</draw:frame>
            """
    }

    static func meta(_ paper: OfficePaper, _ moment: Instant) -> Markup {
        """
        \(head)<office:document-meta \(space)><office:meta><dc:title>\(paper.title)</dc:title><meta:initial-creator>\(paper.authors.joined(separator: ", "))</meta:initial-creator><dc:creator>\(paper.authors.joined(separator: ", "))</dc:creator><dc:description>\(paper.description)</dc:description><dc:language>\(paper.locale.language)-\(paper.locale.country)</dc:language><meta:creation-date>\(moment.rfc3339)</meta:creation-date></office:meta></office:document-meta>
        """
    }

    static func content(_ body: Markup, _ styles: [Prose.Inline.Marks: String]) -> Markup {
        let runs = styles.sorted { $0.value < $1.value }.map { marks, name -> Markup in
            let strong: Markup = marks.isStrong ? " fo:font-weight=\"bold\"" : .empty
            let emphasis: Markup = marks.isEmphasized ? " fo:font-style=\"italic\"" : .empty
            let struck: Markup = marks.isStruck ? " style:text-line-through-style=\"solid\"" : .empty
            let parent = Markup.attribute("style:parent-style-name", value: marks.isCode ? "Source_20_Text" : nil)
            return "<style:style style:name=\"\(name)\" style:family=\"text\"\(parent)><style:text-properties\(strong)\(emphasis)\(struck)/></style:style>"
        }
        return """
            \(head)<office:document-content \(space)><office:automatic-styles>\(runs.joined())<style:style style:name="Table" style:family="table"><style:table-properties style:width="16cm" table:align="margins" fo:margin-bottom="0.2cm"/></style:style><style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #a6a6a6" fo:padding="0.12cm"/></style:style></office:automatic-styles><office:body><office:text>\(body)</office:text></office:body></office:document-content>
            """
    }

    static func styles(_ paper: OfficePaper) -> Markup {
        let headings = (1...9).map { level -> Markup in
            let size = ["18pt", "15pt", "13pt", "12pt", "11pt", "11pt", "11pt", "11pt", "11pt"][level - 1]
            return style(
                "Heading_20_\(level)", "Heading \(level)", parent: "Heading", next: "Text_20_body", outline: level,
                "fo:margin-top=\"\(level == 1 ? "0.8cm" : "0.5cm")\" fo:margin-bottom=\"0.2cm\" fo:keep-with-next=\"always\"", "fo:font-size=\"\(size)\" fo:font-weight=\"bold\"")
        }
        let outline = (1...9).map { level -> Markup in "<text:outline-level-style text:level=\"\(level)\" style:num-format=\"\"/>" }.joined()
        return """
            \(head)<office:document-styles \(space)><office:font-face-decls><style:font-face style:name="Serif" svg:font-family="'Liberation Serif', 'Times New Roman'" style:font-family-generic="roman"/><style:font-face style:name="Sans" svg:font-family="'Liberation Sans', Arial" style:font-family-generic="swiss"/><style:font-face style:name="Mono" svg:font-family="'Liberation Mono', 'Courier New'" style:font-family-generic="modern"/></office:font-face-decls><office:styles>
            <style:default-style style:family="paragraph"><style:paragraph-properties fo:line-height="125%" fo:orphans="2" fo:widows="2"/><style:text-properties style:font-name="Serif" fo:font-size="11.5pt" fo:language="\(paper.locale.language)" fo:country="\(paper.locale.country)"/></style:default-style>
            \(style("Standard", "Standard", parent: nil, "", ""))
            \(style("Text_20_body", "Text body", parent: "Standard", "fo:margin-bottom=\"0.25cm\"", ""))
            \(style("Heading", "Heading", parent: "Standard", next: "Text_20_body", "", "style:font-name=\"Sans\" fo:color=\"#1f4a43\""))
            \(style("Title", "Title", parent: "Heading", next: "Text_20_body", "fo:margin-bottom=\"0.3cm\"", "fo:font-size=\"26pt\" fo:font-weight=\"bold\""))
            \(style("Subtitle", "Subtitle", parent: "Heading", next: "Text_20_body", "fo:margin-bottom=\"0.5cm\"", "fo:font-size=\"13pt\" fo:color=\"#404040\""))
            \(headings.joined())
            \(style("Mentions", "Mentions", parent: "Standard", "fo:margin-bottom=\"0.12cm\"", "fo:font-size=\"10pt\" fo:color=\"#404040\""))
            \(style("List_20_Contents", "List Contents", parent: "Standard", "fo:margin-bottom=\"0.12cm\"", ""))
            \(style("Quotations", "Quotations", parent: "Standard", "fo:margin-left=\"1cm\" fo:margin-right=\"1cm\" fo:margin-bottom=\"0.25cm\"", "fo:font-style=\"italic\""))
            \(style("Propos_20_recueillis", "Propos recueillis", parent: "Standard", next: "Propos_20_recueillis_2c__20_qui", "fo:margin-left=\"0.75cm\" fo:margin-right=\"0.75cm\" fo:margin-bottom=\"0.08cm\" fo:border-left=\"2.2pt solid #8fb9a8\" fo:padding-left=\"0.3cm\" fo:keep-with-next=\"always\"", ""))
            \(style("Propos_20_recueillis_2c__20_qui", "Propos recueillis, qui", parent: "Propos_20_recueillis", next: "Text_20_body", "fo:margin-bottom=\"0.35cm\" fo:keep-with-next=\"auto\"", "fo:font-size=\"10pt\""))
            \(style("Caption", "Caption", parent: "Standard", next: "Text_20_body", "fo:margin-bottom=\"0.35cm\"", "fo:font-size=\"10pt\" fo:color=\"#404040\""))
            \(style("Preformatted_20_Text", "Preformatted Text", parent: "Standard", "", "style:font-name=\"Mono\" fo:font-size=\"10pt\""))
            \(style("Horizontal_20_Line", "Horizontal Line", parent: "Standard", next: "Text_20_body", "fo:margin-bottom=\"0.4cm\" fo:border-bottom=\"0.6pt solid #8c8c8c\"", "fo:font-size=\"6pt\""))
            \(style("Table_20_Contents", "Table Contents", parent: "Standard", "", ""))\(style("Table_20_Contents_center", "Table Contents center", parent: "Table_20_Contents", "fo:text-align=\"center\"", ""))\(style("Table_20_Contents_right", "Table Contents right", parent: "Table_20_Contents", "fo:text-align=\"end\"", ""))
            \(style("Table_20_Heading", "Table Heading", parent: "Table_20_Contents", "", "fo:font-weight=\"bold\""))\(style("Table_20_Heading_center", "Table Heading center", parent: "Table_20_Heading", "fo:text-align=\"center\"", ""))\(style("Table_20_Heading_right", "Table Heading right", parent: "Table_20_Heading", "fo:text-align=\"end\"", ""))
            \(style("Table_20_Space", "Table Space", parent: "Standard", "", "fo:font-size=\"6pt\""))
            \(style("Footnote", "Footnote", parent: "Standard", "fo:margin-left=\"0.4cm\" fo:text-indent=\"-0.4cm\"", "fo:font-size=\"9.5pt\""))
            <style:style style:name="Source_20_Text" style:display-name="Source Text" style:family="text"><style:text-properties style:font-name="Mono"/></style:style><style:style style:name="Footnote_20_anchor" style:display-name="Footnote anchor" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style><style:style style:name="Internet_20_link" style:display-name="Internet link" style:family="text"><style:text-properties fo:color="#1a5c8a" style:text-underline-style="solid"/></style:style>
            <text:outline-style style:name="Outline">\(outline)</text:outline-style>
            <text:list-style style:name="List_20_1" style:display-name="List 1">\(levels { level in "<text:list-level-style-bullet text:level=\"\(level)\" text:bullet-char=\"\(level % 2 == 1 ? "•" : "–")\">\(indent(level))</text:list-level-style-bullet>" })</text:list-style>
            <text:list-style style:name="Numbering_20_1" style:display-name="Numbering 1">\(levels { level in "<text:list-level-style-number text:level=\"\(level)\" style:num-format=\"1\" style:num-suffix=\".\">\(indent(level))</text:list-level-style-number>" })</text:list-style>
            <text:notes-configuration text:note-class="footnote" text:citation-style-name="Footnote_20_anchor" text:citation-body-style-name="Footnote_20_anchor" text:default-style-name="Footnote" style:num-format="1" text:start-numbering-at="document" text:footnotes-position="page"/></office:styles>
            <office:automatic-styles><style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2.5cm"/><style:footer-style/></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Standard" style:page-layout-name="Page"><style:footer><text:p text:style-name="Mentions"><text:page-number text:select-page="current">1</text:page-number></text:p></style:footer></style:master-page></office:master-styles></office:document-styles>
            """
    }

    private static func levels(_ level: (Int) -> Markup) -> Markup { (1...9).map(level).joined() }

    private static func indent(_ level: Int) -> Markup {
        "<style:list-level-properties text:list-level-position-and-space-mode=\"label-alignment\"><style:list-level-label-alignment text:label-followed-by=\"listtab\" fo:text-indent=\"-0.6cm\" fo:margin-left=\"\(String(Double(level) * 0.75))cm\"/></style:list-level-properties>"
    }

    private static func style(
        _ name: String, _ shown: String, parent: String?, next: String? = nil, outline: Int? = nil, _ shape: Markup, _ letters: Markup
    ) -> Markup {
        let properties: Markup = shape.isEmpty ? .empty : "<style:paragraph-properties \(shape)/>"
        let text: Markup = letters.isEmpty ? .empty : "<style:text-properties \(letters)/>"
        return """
            <style:style style:name="\(name)" style:display-name="\(shown)" style:family="paragraph"\(Markup.attribute("style:parent-style-name", value: parent))\(Markup.attribute("style:next-style-name", value: next))\(Markup.attribute("style:default-outline-level", value: outline.map { String($0) })) style:class="text">\(properties)\(text)</style:style>
            """
    }
}
