/// The parts of a Word document besides its text: types, styles, lists, notes, what it says of itself.
enum WordParts {
    private static let space: Markup = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
    private static let head: Markup = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

    static let types: Markup = """
        \(head)<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="jpg" ContentType="image/jpeg"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>\(type("styles"))\(type("numbering"))\(type("footnotes"))\(type("settings"))<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>
        """

    private static func type(_ part: String) -> Markup {
        "<Override PartName=\"/word/\(part).xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.\(part)+xml\"/>"
    }

    static let relations: Markup = """
        \(head)<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>
        """

    static func core(_ paper: OfficePaper, _ moment: Instant) -> Markup {
        """
        \(head)<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>\(paper.title)</dc:title><dc:creator>\(paper.authors.joined(separator: ", "))</dc:creator><dc:description>\(paper.description)</dc:description><dc:language>\(paper.locale.language)-\(paper.locale.country)</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">\(moment.rfc3339)</dcterms:created></cp:coreProperties>
        """
    }

    static func document(_ body: Markup) -> Markup {
        """
        \(head)<w:document \(space)><w:body>\(body)<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr></w:body></w:document>
        """
    }

    static func settings(_ paper: OfficePaper) -> Markup {
        """
        \(head)<w:settings \(space)><w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="\(paper.locale.language)-\(paper.locale.country)"/></w:settings>
        """
    }

    static func links(_ addresses: [String], _ images: [OfficeImage]) -> Markup {
        let known = ["styles", "numbering", "footnotes", "settings"].map { part -> Markup in
            "<Relationship Id=\"\(part)\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/\(part)\" Target=\"\(part).xml\"/>"
        }
        let links = addresses.enumerated().map { index, address -> Markup in
            "<Relationship Id=\"l\(index + 1)\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" Target=\"\(MarkdownAddress.encoded(address))\" TargetMode=\"External\"/>"
        }
        let media = images.enumerated().map { index, image -> Markup in
            "<Relationship Id=\"i\(index + 1)\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" Target=\"media/\(image.part)\"/>"
        }
        return "\(head)<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\(known.joined())\(links.joined())\(media.joined())</Relationships>"
    }

    /// An image in its line, with the words for who does not see it.
    static func drawing(_ image: OfficeImage, alternative: String, number: Int, place: Int) -> Markup {
        // 360 of the units of Word are a hundredth of a millimetre.
        let (width, height) = (image.size.width * 360, image.size.height * 360)
        return """
            <w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0"><wp:extent cx="\(width)" cy="\(height)"/><wp:docPr id="\(number)" name="\(image.name)" descr="\(alternative)"/><wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="\(number)" name="\(image.part)" descr="\(alternative)"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="i\(place)"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="\(width)" cy="\(height)"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>
            """
    }

    static func footnotes(_ notes: [Markup]) -> Markup {
        let written = notes.enumerated().map { index, note -> Markup in "<w:footnote w:id=\"\(index + 1)\">\(note)</w:footnote>" }
        return """
            \(head)<w:footnotes \(space)><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>\(written.joined())</w:footnotes>
            """
    }

    /// Bullets and numbers, nine levels each; every list of the text is a number of its own, so that it begins anew.
    static func numbering(_ lists: [(start: Int?, level: Int)]) -> Markup {
        func levels(_ format: (Int) -> Markup) -> Markup {
            (0..<9).map { level -> Markup in
                "<w:lvl w:ilvl=\"\(level)\"><w:start w:val=\"1\"/>\(format(level))<w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"\(425 * (level + 1))\" w:hanging=\"425\"/></w:pPr></w:lvl>"
            }.joined()
        }
        let bullets = levels { level in "<w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"\(level % 2 == 0 ? "•" : "–")\"/>" }
        let numbers = levels { level in "<w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%\(level + 1).\"/>" }
        let written = lists.enumerated().map { index, list -> Markup in
            let start: Markup = list.start.map { "<w:lvlOverride w:ilvl=\"\(list.level)\"><w:startOverride w:val=\"\($0)\"/></w:lvlOverride>" } ?? .empty
            return "<w:num w:numId=\"\(index + 1)\"><w:abstractNumId w:val=\"\(list.start == nil ? 0 : 1)\"/>\(start)</w:num>"
        }
        return """
            \(head)<w:numbering \(space)><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/>\(bullets)</w:abstractNum><w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="hybridMultilevel"/>\(numbers)</w:abstractNum>\(written.joined())</w:numbering>
            """
    }

    static func styles(_ paper: OfficePaper) -> Markup {
        let headings = (1...9).map { level -> Markup in
            let size = [36, 30, 26, 24, 22, 22, 22, 22, 22][level - 1]
            let shape: Markup = "<w:keepNext/><w:spacing w:before=\"\(level == 1 ? 480 : 300)\" w:after=\"120\"/><w:outlineLvl w:val=\"\(level - 1)\"/>"
            let letters: Markup = "<w:b/><w:color w:val=\"1F4A43\"/><w:sz w:val=\"\(size)\"/>"
            return paragraph("Titre\(level)", "heading \(level)", based: "Normal", "<w:next w:val=\"Normal\"/>", shape, letters)
        }
        let rests = (1...9).map { rank -> Markup in
            paragraph("Listecontinue\(rank == 1 ? "" : String(rank))", "List Continue\(rank == 1 ? "" : " \(rank)")", based: "Normal", "", "<w:spacing w:after=\"80\"/><w:ind w:left=\"\(425 * rank)\"/>", "")
        }
        return """
            \(head)<w:styles \(space)><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Calibri"/><w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="\(paper.locale.language)-\(paper.locale.country)"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>
            <w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:after="140" w:line="276" w:lineRule="auto"/></w:pPr></w:style>
            <w:style w:type="character" w:default="1" w:styleId="Policepardfaut"><w:name w:val="Default Paragraph Font"/></w:style>
            <w:style w:type="table" w:default="1" w:styleId="TableauNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
            \(paragraph("Titre", "Title", based: "Normal", "<w:next w:val=\"Normal\"/>", "<w:spacing w:after=\"120\"/>", "<w:b/><w:color w:val=\"1F4A43\"/><w:sz w:val=\"52\"/>"))
            \(paragraph("Sous-titre", "Subtitle", based: "Normal", "<w:next w:val=\"Normal\"/>", "<w:spacing w:after=\"240\"/>", "<w:sz w:val=\"26\"/><w:color w:val=\"404040\"/>"))
            \(headings.joined())\(rests.joined())
            \(paragraph("Mentions", "Mentions", based: "Normal", "", "<w:spacing w:after=\"60\"/>", "<w:sz w:val=\"20\"/><w:color w:val=\"404040\"/>"))
            \(paragraph("Paragraphedeliste", "List Paragraph", based: "Normal", "", "<w:spacing w:after=\"80\"/>", ""))
            \(paragraph("Citation", "Quote", based: "Normal", "", "<w:ind w:left=\"567\" w:right=\"567\"/>", "<w:i/>"))
            \(paragraph("Proposrecueillis", "Propos recueillis", based: "Normal", "<w:next w:val=\"Proposqui\"/>", "<w:keepNext/><w:pBdr><w:left w:val=\"single\" w:sz=\"18\" w:space=\"10\" w:color=\"8FB9A8\"/></w:pBdr><w:spacing w:after=\"40\"/><w:ind w:left=\"425\" w:right=\"425\"/>", ""))
            \(paragraph("Proposqui", "Propos recueillis, qui", based: "Proposrecueillis", "<w:next w:val=\"Normal\"/>", "<w:keepNext w:val=\"0\"/><w:spacing w:after=\"200\"/>", "<w:sz w:val=\"19\"/>"))
            \(paragraph("Lgende", "caption", based: "Normal", "<w:next w:val=\"Normal\"/>", "<w:spacing w:after=\"200\"/>", "<w:sz w:val=\"19\"/><w:color w:val=\"404040\"/>"))
            \(paragraph("Code", "Source Code", based: "Normal", "", "<w:spacing w:after=\"0\"/>", "<w:rFonts w:ascii=\"Consolas\" w:hAnsi=\"Consolas\" w:cs=\"Consolas\"/><w:sz w:val=\"19\"/>"))
            \(paragraph("Filet", "Horizontal Line", based: "Normal", "<w:next w:val=\"Normal\"/>", "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"1\" w:color=\"8C8C8C\"/></w:pBdr>", ""))
            \(paragraph("Espace", "Espace après tableau", based: "Normal", "", "<w:spacing w:after=\"0\" w:line=\"200\" w:lineRule=\"exact\"/>", ""))
            \(paragraph("Tableautexte", "Texte de tableau", based: "Normal", "", "<w:spacing w:before=\"40\" w:after=\"40\"/>", ""))
            \(paragraph("Tableauentte", "En-tête de tableau", based: "Tableautexte", "", "<w:keepNext/>", "<w:b/>"))
            \(paragraph("Notedebasdepage", "footnote text", based: "Normal", "", "<w:spacing w:after=\"40\" w:line=\"240\" w:lineRule=\"auto\"/>", "<w:sz w:val=\"19\"/>"))
            <w:style w:type="character" w:styleId="Appelnotedebasdep"><w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>
            <w:style w:type="character" w:styleId="Lienhypertexte"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="1A5C8A"/><w:u w:val="single"/></w:rPr></w:style>
            <w:style w:type="character" w:customStyle="1" w:styleId="Codecar"><w:name w:val="Verbatim Char"/><w:rPr><w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/></w:rPr></w:style>
            <w:style w:type="table" w:styleId="Grilledutableau"><w:name w:val="Table Grid"/><w:basedOn w:val="TableauNormal"/><w:tblPr><w:tblBorders>\(borders)</w:tblBorders></w:tblPr></w:style></w:styles>
            """
    }

    private static let borders = ["top", "left", "bottom", "right", "insideH", "insideV"].map { side -> Markup in
        "<w:\(side) w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"A6A6A6\"/>"
    }.joined()

    private static func paragraph(_ id: String, _ name: String, based parent: String, _ more: Markup, _ shape: Markup, _ letters: Markup) -> Markup {
        let properties: Markup = shape.isEmpty ? .empty : "<w:pPr>\(shape)</w:pPr>"
        let marks: Markup = letters.isEmpty ? .empty : "<w:rPr>\(letters)</w:rPr>"
        return "<w:style w:type=\"paragraph\" w:styleId=\"\(id)\"><w:name w:val=\"\(name)\"/><w:basedOn w:val=\"\(parent)\"/>\(more)<w:qFormat/>\(properties)\(marks)</w:style>\n"
    }
}
