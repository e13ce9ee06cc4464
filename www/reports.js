import { letCopy } from './page.js';

letCopy();
