// A clock for the page: posts back when as many milliseconds are over as it was told last. It is a worker because
// browsers slow the timers of hidden pages, but not those of workers. Used by src/browser/alarm.rs.
let timer;
onmessage = ({ data: milliseconds }) => {
  clearTimeout(timer);
  timer = setTimeout(() => postMessage(null), milliseconds);
};
