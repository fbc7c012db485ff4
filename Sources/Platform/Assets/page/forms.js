// Small mercies of forms: the summary of errors takes the focus, nothing is sent twice, a filter applies itself.
export function easeForms() {
    document.querySelector(".error-summary")?.focus();
    for (const form of document.querySelectorAll("form[data-once]")) sendOnce(form);
    for (const field of document.querySelectorAll("[data-autosubmit]")) {
        field.addEventListener("change", () => field.form.requestSubmit());
    }
    for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
}

function sendOnce(form) {
    const ready = () => {
        delete form.dataset.sent;
        for (const button of form.querySelectorAll("button")) button.removeAttribute("aria-disabled");
    };
    form.addEventListener("submit", (event) => {
        if (form.dataset.sent) return event.preventDefault();
        if (event.defaultPrevented) return;
        form.dataset.sent = "yes";
        event.submitter?.setAttribute("aria-disabled", "true");
        setTimeout(ready, 15_000);
    });
    addEventListener("pageshow", ready);
}
