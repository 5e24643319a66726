// Reads a case back with clients that know nothing of RecordHub. usage: node read-back.mjs BASE TOKEN CASE SERVICE_REQUEST
import { Client } from 'fhir-kit-client';
import dicomweb from 'dicomweb-client';

// dicomweb-client is made for browsers; this is as much of XMLHttpRequest as it uses.
class Request {
  constructor() { this.headers = {}; this.upload = {}; }
  open(method, url) { this.method = method; this.url = url; }
  setRequestHeader(name, value) { this.headers[name] = value; }
  getResponseHeader(name) { return this.answer.headers.get(name); }
  getAllResponseHeaders() { return [...this.answer.headers].map(([name, value]) => `${name}: ${value}`).join('\r\n'); }
  abort() {}
  async send(body) {
    try {
      this.answer = await fetch(this.url, { method: this.method, headers: this.headers, body });
      this.status = this.answer.status;
      this.statusText = this.answer.statusText;
      const buffer = await this.answer.arrayBuffer();
      const text = new TextDecoder().decode(buffer);
      this.response = this.responseType === 'arraybuffer' ? buffer
        : this.responseType === 'json' ? (text ? JSON.parse(text) : null) : text;
      this.responseText = this.responseType === 'arraybuffer' ? '' : text;
      this.readyState = 4;
      this.onreadystatechange?.();
      this.onloadend?.();
    } catch (error) {
      console.error(error);
      process.exit(1);
    }
  }
}
globalThis.XMLHttpRequest = Request;

const [base, token, number, request] = process.argv.slice(2);
const headers = { Authorization: `Bearer ${token}` };
const fhir = new Client({ baseUrl: `${base}/fhir`, customHeaders: headers });
const { DICOMwebClient } = (dicomweb.default ?? dicomweb).api;
const web = new DICOMwebClient({ url: `${base}/cases/${number}/dicomweb`, headers });

const capability = await fhir.capabilityStatement();
const serviceRequest = await fhir.read({ resourceType: 'ServiceRequest', id: request });
const observations = await fhir.resourceSearch({
  resourceType: 'Observation', searchParams: { code: 'http://loinc.org|2039-6', _count: '10' } });
const bundle = await fhir.request(`${base}/fhir/ServiceRequest/${request}/$package`, { method: 'GET' });
const studies = await web.searchForStudies();
const study = studies.find((found) => found['00080061'].Value.includes('CT'))['0020000D'].Value[0];
const metadata = await web.retrieveStudyMetadata({ studyInstanceUID: study });
const instances = await web.retrieveStudy({ studyInstanceUID: study });

console.log(JSON.stringify({
  fhirVersion: capability.fhirVersion,
  serviceRequest: serviceRequest.resourceType,
  observations: (observations.entry ?? []).filter((entry) => entry.resource.resourceType === 'Observation').length,
  bundle: bundle.type,
  first: bundle.entry[0].resource.resourceType,
  studies: studies.length,
  metadata: metadata.length,
  instances: instances.length,
}));
