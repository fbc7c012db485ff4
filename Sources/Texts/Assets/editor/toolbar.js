// Buttons with words, one stop of the Tab key, arrows between them.
import { make } from "../../../Platform/Assets/page/make.js";

/** Makes the toolbar of `view` for `acts`; returns { dom, update }. Acts without words are left out. */
export function toolbar(view, acts, words) {
    const dom = make("div", { className: "editor-tools", role: "toolbar", "aria-label": words.toolbar ?? "" });
    const button = ({ name }) => make("button", { type: "button", "data-act": name, tabIndex: -1 }, words[name]);
    const tools = acts.filter((act) => words[act.name]).map((act) => ({ act, button: button(act) }));
    const shown = () => tools.filter((tool) => !tool.button.hidden).map((tool) => tool.button);
    for (const { act, button } of tools) {
        button.addEventListener("mousedown", (event) => event.preventDefault());
        button.addEventListener("click", () => {
            act.run(view.state, view.dispatch, view);
            if (act.name !== "link" && act.name !== "file") view.focus();
        });
        if (act.keys) button.setAttribute("aria-keyshortcuts", act.keys.replace("Mod", "Control").replaceAll("-", "+"));
        dom.append(button);
    }
    const stop = (button) => shown().forEach((other) => (other.tabIndex = other === button ? 0 : -1));
    dom.addEventListener("focusin", (event) => stop(event.target));
    dom.addEventListener("keydown", (event) => {
        const buttons = shown();
        const at = buttons.indexOf(document.activeElement);
        const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
        if (to === undefined || at < 0) return;
        event.preventDefault();
        buttons[(to + buttons.length) % buttons.length].focus();
    });
    const update = (state) => {
        for (const { act, button } of tools) {
            button.hidden = Boolean(act.isShown && !act.isShown(state));
            if (act.isOn) button.setAttribute("aria-pressed", String(act.isOn(state)));
            button.setAttribute("aria-disabled", String(!act.run(state)));
        }
        if (!shown().some((button) => button.tabIndex === 0)) stop(shown()[0]);
    };
    update(view.state);
    return { dom, update };
}

/** A command that asks for the address of a link in a small dialog. */
export const linkDialog = (words, isSafe) => (state, dispatch, view) => {
    const type = state.schema.marks.link;
    const { from, to, empty } = state.selection;
    const range = empty ? linkAround(state, type) : { from, to };
    if (!range) return false;
    if (!dispatch) return true;
    const now = state.doc.rangeHasMark(range.from, range.to, type) ? linkAround(state, type, range.from) : null;
    const address = make("input", { type: "url", id: "link-address", value: now?.href ?? "https://", required: true });
    const apply = make("button", { className: "button" }, words.linkApply);
    const remove = make("button", { type: "button", className: "button quiet", hidden: !now }, words.linkRemove);
    const close = make("button", { type: "button", className: "link" }, words.close);
    const label = make("label", { for: "link-address" }, words.linkAddress);
    const field = make("div", { className: "field" }, label, address);
    const form = make("form", { method: "dialog" }, field, make("div", { className: "acts" }, apply, remove, close));
    const dialog = make("dialog", { "aria-label": words.link }, form);
    const change = (edit) => {
        view.dispatch(edit(view.state.tr.removeMark(range.from, range.to, type)));
        dialog.close();
    };
    form.addEventListener("submit", (event) => {
        event.preventDefault();
        event.stopPropagation();
        const href = address.value.trim();
        if (isSafe(href)) change((edit) => edit.addMark(range.from, range.to, type.create({ href })));
    });
    remove.addEventListener("click", () => change((edit) => edit));
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
        dialog.remove();
        view.focus();
    });
    document.body.append(dialog);
    dialog.showModal();
    address.select();
    return true;
};

function linkAround(state, type, at = state.selection.from) {
    const $at = state.doc.resolve(at);
    const start = $at.start();
    let found = null;
    $at.parent.forEach((child, offset) => {
        const mark = type.isInSet(child.marks);
        const from = start + offset;
        const to = from + child.nodeSize;
        if (mark && from <= at && at <= to) found = { from, to, href: mark.attrs.href };
    });
    return found;
}
