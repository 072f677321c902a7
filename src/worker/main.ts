import "./texts.js";
import { jobs } from "./jobs/index.js";
import { serve } from "./serve.js";

serve(jobs);
