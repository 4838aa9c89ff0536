// The box for a declared event, such as "learning rate dropped".
import { el, setText } from "./dom";
import { postAnnotation } from "./feed";
import type { Annotation } from "./model";

export class AnnotationBox {
  private readonly text = el("input", {
    type: "text",
    name: "text",
    maxlength: 200,
    required: true,
    autocomplete: "off",
    placeholder: "learning rate dropped",
  });
  private readonly rearm = el("input", { type: "checkbox", name: "rearm" });
  private readonly trouble = el("p", { class: "trouble", role: "alert" });
  private readonly send = el("button", { type: "submit", class: "primary" }, "Annotate");
  readonly element: HTMLDialogElement;

  constructor(private readonly onDone: (annotation: Annotation) => void) {
    const cancel = el("button", { type: "button" }, "Cancel");
    const form = el(
      "form",
      { method: "dialog" },
      el("h2", { id: "annotate-title" }, "What happened?"),
      el("label", { class: "field" }, "One line; it is marked on every curve", this.text),
      el(
        "label",
        { class: "tick" },
        this.rearm,
        el(
          "span",
          {},
          "Re-arm the detectors",
          el("small", {}, "every curve's statistics start over here"),
        ),
      ),
      this.trouble,
      el("p", { class: "buttons" }, cancel, this.send),
    );
    this.element = el("dialog", { "aria-labelledby": "annotate-title" }, form);
    cancel.addEventListener("click", () => this.element.close());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.submit();
    });
  }

  open(): void {
    setText(this.trouble, "");
    this.element.showModal();
    this.text.focus();
  }

  private async submit(): Promise<void> {
    const text = this.text.value.trim();
    if (text === "") return setText(this.trouble, "a line of text is expected");
    this.send.disabled = true;
    const answer = await postAnnotation(text, this.rearm.checked);
    this.send.disabled = false;
    if ("reason" in answer) return setText(this.trouble, answer.reason);
    this.text.value = "";
    this.rearm.checked = false;
    this.element.close();
    this.onDone(answer.done);
  }
}
