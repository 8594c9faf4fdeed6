// The gallery is served under the page's own policy, which forbids inline scripts.
import init from './gallery.js';

await init();
