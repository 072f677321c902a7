/**
 * The component library probes for `:focus-visible` with a style element of its own and takes the nonce for it
 * from a meta element. Must be imported before the library, which probes while it loads.
 */
const nonce = document.currentScript?.nonce;
if (nonce) {
  const meta = document.createElement("meta");
  meta.setAttribute("property", "csp-nonce");
  meta.content = nonce;
  document.head.appendChild(meta);
}
