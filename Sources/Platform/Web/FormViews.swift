import Formats

/// The fields of a form, each with its label above, its help before and its error at its place.
public struct FormView {
    public let request: Request
    public let values: Fields
    public let problems: [Problem]

    /// - Parameter values: what is shown in the fields: what was typed when the form came back, else what is known.
    public init(_ request: Request, values: Fields = Fields(), problems: [Problem] = []) {
        self.request = request
        self.values = values
        self.problems = problems
    }

    var words: Words { request.words }

    /// A line of text. `type`: text, email, password, date… ; `width`: `short`, `medium` or nil; `keyboard`: `numeric`… ;
    /// `id` when another form of the page has a field of this name.
    public func input(
        _ name: String, _ label: String, hint: String? = nil, type: String = "text", width: String? = nil,
        isRequired: Bool = false, autocomplete: String? = nil, keyboard: String? = nil, id: String? = nil
    ) -> Markup {
        field(name, label, hint: hint, id: id, isRequired: isRequired) { described in
            """
            <input id="\(id ?? name)" name="\(name)" type="\(type)"\(Markup.attribute("class", value: width))\(Markup.attribute("autocomplete", value: autocomplete))\(Markup.attribute("inputmode", value: keyboard))\(Markup.flag("required", if: isRequired))\(described)\(Markup.attribute("value", value: type == "password" ? nil : values[name]))>
            """
        }
    }

    /// A text of several lines.
    public func area(
        _ name: String, _ label: String, hint: String? = nil, rows: Int = 6, isRequired: Bool = false
    ) -> Markup {
        field(name, label, hint: hint, isRequired: isRequired) { described in
            // The line break after the tag is dropped by browsers: it keeps a first empty line of the text.
            """
            <textarea id="\(name)" name="\(name)" rows="\(rows)"\(Markup.flag("required", if: isRequired))\(described)>
            \(values[name] ?? "")</textarea>
            """
        }
    }

    /// A list to choose one value from.
    public func select(
        _ name: String, _ label: String, hint: String? = nil, options: [(value: String, label: String)],
        width: String? = nil
    ) -> Markup {
        let items = options.map { option -> Markup in
            "<option value=\"\(option.value)\"\(Markup.flag("selected", if: option.value == (values[name] ?? "")))>\(option.label)</option>"
        }
        return field(name, label, hint: hint) { described in
            "<select id=\"\(name)\" name=\"\(name)\"\(Markup.attribute("class", value: width))\(described)>\(items)</select>"
        }
    }

    /// Radio buttons, or check boxes when several can be chosen.
    public func choices(
        _ name: String, _ legend: String, hint: String? = nil, options: [(value: String, label: String)],
        several: Bool = false
    ) -> Markup {
        let chosen = Set(values.pairs.filter { $0.0 == name }.map(\.1))
        let items = options.enumerated().map { index, option -> Markup in
            let identifier = index == 0 ? name : "\(name)-\(index)"
            return """
                <label class="choice"><input type="\(several ? "checkbox" : "radio")" id="\(identifier)" name="\(name)" value="\(option.value)"\(Markup.flag("checked", if: chosen.contains(option.value)))> \(option.label)</label>
                """
        }
        let error = error(name)
        return """
            <fieldset class="field\(error.isEmpty ? "" : " has-error")"\(describedBy(name, hint))><legend>\(legend)</legend>\(self.hint(name, hint))\(error)\(items)</fieldset>
            """
    }

    /// One box to tick; `id` when another form of the page has a box of this name.
    public func check(_ name: String, _ label: String, value: String = "1", id: String? = nil) -> Markup {
        """
        <div class="field"><label class="choice"><input type="checkbox" id="\(id ?? name)" name="\(name)" value="\(value)"\(Markup.flag("checked", if: values[name] == value))> \(label)</label>\(error(name))</div>
        """
    }

    public func file(_ name: String, _ label: String, hint: String? = nil, accept: String? = nil) -> Markup {
        field(name, label, hint: hint) { described in
            "<input id=\"\(name)\" name=\"\(name)\" type=\"file\"\(Markup.attribute("accept", value: accept))\(described)>"
        }
    }

    public func hidden(_ name: String, _ value: String) -> Markup {
        "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
    }

    /// The whole form: token, fields, the button whose words say the result. `keep`: the text typed is kept by the browser under this key.
    public func form(
        to action: String, button: String, keep: String? = nil, isMultipart: Bool = false, style: String = "button",
        cancel: String? = nil, _ content: Markup
    ) -> Markup {
        """
        <form method="post" action="\(action)" data-once\(Markup.attribute("data-keep", value: keep))\(Markup.attribute("enctype", value: isMultipart ? "multipart/form-data" : nil))>\(request.formField)
        \(content)
        <div class="acts"><button class="\(style)">\(button)</button>\(cancel.map { " <a href=\"\($0)\">\(words("platform.form.cancel"))</a>" as Markup })</div></form>
        """
    }

    private func field(
        _ name: String, _ label: String, hint: String?, id: String? = nil, isRequired: Bool = false, _ control: (Markup) -> Markup
    ) -> Markup {
        let needed: Markup = isRequired ? " <small>\(words("platform.form.required"))</small>" : .empty
        let error = error(name)
        let described = describedBy(name, hint, id: id) + (error.isEmpty ? .empty : " aria-invalid=\"true\"")
        return """
            <div class="field\(error.isEmpty ? "" : " has-error")"><label for="\(id ?? name)">\(label)\(needed)</label>\(self.hint(id ?? name, hint))\(error)\(control(described))</div>
            """
    }

    private func hint(_ name: String, _ hint: String?) -> Markup {
        hint.map { "<p class=\"hint\" id=\"\(name)-hint\">\($0)</p>" } ?? .empty
    }

    private func error(_ name: String) -> Markup {
        let sentences = problems.filter { $0.field == name }.map(\.sentence)
        guard !sentences.isEmpty else { return .empty }
        return
            "<p class=\"error\" id=\"\(name)-error\"><span class=\"unseen\">\(words("platform.form.error")) </span>\(sentences.joined(separator: " "))</p>"
    }

    private func describedBy(_ name: String, _ hint: String?, id: String? = nil) -> Markup {
        let identifiers = [
            problems.contains { $0.field == name } ? "\(name)-error" : nil, hint == nil ? nil : "\(id ?? name)-hint",
        ].compactMap { $0 }
        return Markup.attribute(
            "aria-describedby", value: identifiers.isEmpty ? nil : identifiers.joined(separator: " "))
    }
}

extension Request {
    /// A form of one button: an act without fields. `class`: `button`, `button quiet`, `button danger`, `link`.
    public func act(
        _ path: String, _ label: String, style: String = "button quiet", hidden: [String: String] = [:]
    ) -> Markup {
        let fields = hidden.sorted { $0.key < $1.key }.map { name, value -> Markup in
            "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
        }
        return
            "<form method=\"post\" action=\"\(path)\" data-once>\(formField)\(fields)<button class=\"\(style)\">\(label)</button></form>"
    }

    /// The one form that all `actOfMany` buttons of a page send: a long list with its acts stays light.
    public var manyActs: Markup { "<form id=\"acts\" method=\"post\" data-once>\(formField)</form>" }

    /// A button of `manyActs`, beside one thing of a list.
    public func actOfMany(_ path: String, _ label: String) -> Markup {
        "<button class=\"link\" form=\"acts\" formaction=\"\(path)\">\(label)</button>"
    }
}
