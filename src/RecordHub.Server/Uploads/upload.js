'use strict';

// Sends the chosen files in small batches, one after the other, and says what became of each. Without it the form works too.
(() => {
  const batchFiles = 32;
  const batchBytes = 16 * 1024 * 1024;
  const form = document.getElementById('upload');
  const drop = document.getElementById('drop');
  const send = document.getElementById('send');
  const again = document.getElementById('again');
  const progress = document.getElementById('progress');
  const bar = document.getElementById('bar');
  const status = document.getElementById('status');
  const trouble = document.getElementById('trouble');
  const outcomes = document.getElementById('outcomes');
  const words = form.dataset;
  const most = Math.min(batchFiles, Number(words.most) || 1);
  const outcomeWords = { 'received': words.received, 'not-a-record': words.notARecord, 'refused': words.refused };

  let dropped = [];
  let queue = [];
  let rest = [];
  let count = { all: 0, done: 0, received: 0 };
  let bytes = { all: 0, done: 0 };
  let busy = false;

  const fill = (text, ...values) => text.replace(/\{(\d)\}/g, (_, at) => String(values[Number(at)]));

  const line = (path, outcome, reason) => {
    const item = document.createElement('li');
    item.className = outcome;
    item.textContent = path + ': ' + outcomeWords[outcome] + (reason ? ': ' + reason : '');
    outcomes.append(item);
  };

  const show = () => {
    bar.value = bytes.all === 0 ? 100 : Math.min(100, 100 * bytes.done / bytes.all);
    status.textContent = busy
      ? fill(words.sending, count.done, count.all) + ' · ' + words.stay
      : fill(words.counted, count.received, count.all);
  };

  const take = () => {
    const batch = [];
    let size = 0;
    while (queue.length > 0 && batch.length < most && (batch.length === 0 || size + queue[0].file.size <= batchBytes)) {
      const one = queue.shift();
      size += one.file.size;
      batch.push(one);
    }
    return batch;
  };

  const post = batch => new Promise(resolve => {
    const data = new FormData();
    for (const one of batch) {
      data.append('files', one.file, one.path);
    }
    const request = new XMLHttpRequest();
    const before = bytes.done;
    const size = batch.reduce((sum, one) => sum + one.file.size, 0);
    request.open('POST', '');
    request.setRequestHeader('Accept', 'application/json');
    request.upload.addEventListener('progress', event => {
      bytes.done = before + Math.min(event.loaded, size);
      bar.value = bytes.all === 0 ? 0 : 100 * bytes.done / bytes.all;
    });
    request.addEventListener('loadend', () => {
      let body = null;
      try {
        body = JSON.parse(request.responseText);
      } catch {
        body = null;
      }
      bytes.done = before + size;
      resolve({ ok: request.status === 200, status: request.status, body });
    });
    request.send(data);
  });

  const settle = (batch, answer) => {
    const lines = Array.isArray(answer.body) ? answer.body : [];
    const told = new Map(lines.map(one => [one.path, one]));
    for (const one of lines) {
      line(one.path, one.outcome, one.reason);
    }
    for (const one of batch) {
      const outcome = told.get(one.path.trim());
      if (outcome !== undefined) {
        count.done++;
        count.received += outcome.outcome === 'received' ? 1 : 0;
      }
      // Where a request ended early, what was not kept may be sent again.
      if (!answer.ok && (outcome === undefined || outcome.outcome === 'refused')) {
        count.done -= outcome === undefined ? 0 : 1;
        rest.push(one);
      }
    }
    if (!answer.ok) {
      const last = lines.length > 0 ? lines[lines.length - 1].reason : null;
      const why = last || (answer.body && answer.body.error) || (answer.status === 0 ? words.lost : 'HTTP ' + answer.status);
      trouble.textContent = fill(words.failed, why);
    }
    return answer.ok;
  };

  const run = async () => {
    busy = true;
    send.disabled = true;
    again.hidden = true;
    trouble.textContent = '';
    progress.hidden = false;
    document.getElementById('progress-title').focus();
    show();
    while (queue.length > 0) {
      const batch = take();
      if (!settle(batch, await post(batch))) {
        rest.push(...queue);
        queue = [];
      }
      show();
    }
    busy = false;
    send.disabled = false;
    again.hidden = rest.length === 0;
    form.reset();
    dropped = [];
    drop.textContent = drop.dataset.text;
    show();
  };

  const start = chosen => {
    if (busy) {
      return;
    }
    if (chosen.length === 0) {
      progress.hidden = false;
      trouble.textContent = words.nothing;
      return;
    }
    queue = chosen;
    rest = [];
    outcomes.replaceChildren();
    count = { all: chosen.length, done: 0, received: 0 };
    bytes = { all: chosen.reduce((sum, one) => sum + one.file.size, 0), done: 0 };
    run();
  };

  const chosen = () => [
    ...Array.from(document.getElementById('files').files).map(file => ({ file, path: file.name })),
    ...Array.from(document.getElementById('folder').files).map(file => ({ file, path: file.webkitRelativePath || file.name })),
    ...dropped,
  ];

  const fileOf = entry => new Promise((resolve, reject) => entry.file(resolve, reject));
  const entriesOf = reader => new Promise((resolve, reject) => reader.readEntries(resolve, reject));

  const walk = async (entry, into) => {
    if (entry.isFile) {
      into.push({ file: await fileOf(entry), path: entry.fullPath.replace(/^\//, '') });
      return;
    }
    const reader = entry.createReader();
    for (let some = await entriesOf(reader); some.length > 0; some = await entriesOf(reader)) {
      for (const one of some) {
        await walk(one, into);
      }
    }
  };

  drop.hidden = false;
  drop.dataset.text = drop.textContent;
  form.addEventListener('dragover', event => {
    event.preventDefault();
    drop.classList.add('over');
  });
  form.addEventListener('dragleave', () => drop.classList.remove('over'));
  form.addEventListener('drop', async event => {
    event.preventDefault();
    drop.classList.remove('over');
    const entries = Array.from(event.dataTransfer.items).map(item => item.webkitGetAsEntry()).filter(entry => entry);
    const into = [];
    for (const entry of entries) {
      await walk(entry, into);
    }
    dropped.push(...into);
    drop.textContent = dropped.map(one => one.path).slice(0, 5).join(', ') + (dropped.length > 5 ? ' … (' + dropped.length + ')' : '');
  });
  form.addEventListener('submit', event => {
    event.preventDefault();
    start(chosen());
  });
  again.addEventListener('click', () => {
    if (busy || rest.length === 0) {
      return;
    }
    queue = rest;
    rest = [];
    bytes = { all: queue.reduce((sum, one) => sum + one.file.size, 0), done: 0 };
    run();
  });
  window.addEventListener('beforeunload', event => {
    if (busy) {
      event.preventDefault();
    }
  });
})();
