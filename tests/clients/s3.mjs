// An S3 server on loopback with one bucket, in a folder: node s3.mjs FOLDER [PORT]. Prints "ready URL"; ends with its input.
import { createRequire } from 'node:module';
const S3rver = createRequire(import.meta.url)('s3rver');

const [folder, port] = process.argv.slice(2);
const server = new S3rver({
  address: '127.0.0.1',
  port: Number(port ?? 0),
  directory: folder,
  silent: true,
  configureBuckets: [{ name: 'records' }],
});
const { port: taken } = await server.run();
console.log(`ready http://127.0.0.1:${taken}`);
process.stdin.on('end', () => process.exit(0)).resume();
