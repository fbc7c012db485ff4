// What the toolbar and the keyboard do, and whether each is on or possible.
import { lift, setBlockType, toggleMark, wrapIn } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import { liftListItem, wrapInList } from "prosemirror-schema-list";
import { addColumnAfter, addRowAfter, deleteColumn, deleteRow, deleteTable, isInTable } from "prosemirror-tables";
import { TextSelection } from "prosemirror-state";

/** The acts of the toolbar, in order: { name, run, isOn?, isShown?, keys? }. `linkDialog(view)` asks for an address, `file` for a file. */
export function acts(schema, linkDialog, file) {
    const { nodes, marks } = schema;
    const heading = (level) => ({
        run: toggleBlock(nodes.heading, { level }, nodes.paragraph),
        isOn: (state) => inBlock(state, nodes.heading, { level }),
    });
    const mark = (type) => ({ run: toggleMark(type), isOn: (state) => hasMark(state, type) });
    const list = (type) => ({ run: toggleList(type, nodes), isOn: (state) => nearestList(state)?.type === type });
    const plain = { run: setBlockType(nodes.paragraph), isOn: (state) => inBlock(state, nodes.paragraph) };
    const quote = { run: toggleQuote(nodes.blockquote), isOn: (state) => within(state, nodes.blockquote) };
    const table = (run) => ({ run, isShown: isInTable });
    return [
        { name: "heading3", ...heading(1), keys: "Mod-Alt-1" },
        { name: "heading4", ...heading(2), keys: "Mod-Alt-2" },
        { name: "paragraph", ...plain, keys: "Mod-Alt-0" },
        { name: "bold", ...mark(marks.strong), keys: "Mod-b" },
        { name: "italic", ...mark(marks.em), keys: "Mod-i" },
        { name: "bulletList", ...list(nodes.bullet_list), keys: "Mod-Shift-8" },
        { name: "orderedList", ...list(nodes.ordered_list), keys: "Mod-Shift-7" },
        { name: "quote", ...quote, keys: "Mod-Shift-9" },
        { name: "link", run: linkDialog, isOn: (state) => hasMark(state, marks.link), keys: "Mod-k" },
        { name: "file", run: file, isShown: (state) => file(state) },
        { name: "table", run: insertTable(nodes), isShown: (state) => !isInTable(state) },
        { name: "addRow", ...table(addRowAfter) },
        { name: "addColumn", ...table(addColumnAfter) },
        { name: "deleteRow", ...table(deleteRow) },
        { name: "deleteColumn", ...table(deleteColumn) },
        { name: "deleteTable", ...table(deleteTable) },
        { name: "undo", run: undo, keys: "Mod-z" },
        { name: "redo", run: redo, keys: "Mod-y" },
    ];
}

function hasMark(state, type) {
    const { from, to, $from, empty } = state.selection;
    if (empty) return Boolean(type.isInSet(state.storedMarks ?? $from.marks()));
    return state.doc.rangeHasMark(from, to, type);
}

const inBlock = ({ selection: { $from } }, type, attributes = {}) =>
    $from.parent.type === type && Object.entries(attributes).every(([key, value]) => $from.parent.attrs[key] === value);

function within({ selection: { $from } }, type) {
    for (let depth = $from.depth; depth > 0; depth--) if ($from.node(depth).type === type) return true;
    return false;
}

const toggleBlock = (type, attributes, back) => (state, dispatch) => {
    const change = inBlock(state, type, attributes) ? setBlockType(back) : setBlockType(type, attributes);
    return change(state, dispatch);
};

const toggleQuote = (type) => (state, dispatch) => (within(state, type) ? lift : wrapIn(type))(state, dispatch);

function nearestList({ selection: { $from } }) {
    for (let depth = $from.depth; depth > 0; depth--) {
        const { type } = $from.node(depth);
        if (type.name.endsWith("_list")) return { type, pos: $from.before(depth) };
    }
    return null;
}

const toggleList = (type, nodes) => (state, dispatch) => {
    const list = nearestList(state);
    if (!list) return wrapInList(type)(state, dispatch);
    if (list.type === type) return liftListItem(nodes.list_item)(state, dispatch);
    dispatch?.(state.tr.setNodeMarkup(list.pos, type));
    return true;
};

const insertTable = (nodes) => (state, dispatch) => {
    const { $to } = state.selection;
    if (!$to.depth) return false;
    const row = (type) => nodes.table_row.create(null, [type.create(), type.create()]);
    const table = nodes.table.create(null, [row(nodes.table_header), row(nodes.table_cell)]);
    const at = $to.after(1);
    const change = state.tr.insert(at, table);
    dispatch?.(change.setSelection(TextSelection.near(change.doc.resolve(at + 1))).scrollIntoView());
    return true;
};
