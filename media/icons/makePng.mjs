// Draws foxnas-128.svg as the 128 x 128 PNG that the marketplace wants: node media/icons/makePng.mjs
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage({ viewport: { width: 128, height: 128 } });
await page.setContent(`<body style="margin:0">${readFileSync(here("foxnas-128.svg"), "utf8")}`);
await page.screenshot({ path: here("foxnas.png"), omitBackground: true });
await page.setContent(`<body style="margin:0;color:#ccc;background:#181818;zoom:5">${readFileSync(here("foxnas.svg"), "utf8")}`);
if (process.argv[2]) await page.screenshot({ path: process.argv[2] });
await browser.close();
