using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using RecordHub.Samples;

namespace RecordHub.Cli.Demo;

/// <summary>What a front end and a web archive do with the running service, over HTTP.</summary>
internal sealed class DemoWeb : IDisposable
{
    private readonly HttpClient _http;

    public DemoWeb(IPEndPoint endpoint, string token)
    {
        Address = new Uri($"http://{endpoint}/");
        _http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(2) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public Uri Address { get; }

    /// <summary>Sends instances by STOW-RS (PS3.18 §10.5); the status of the answer.</summary>
    public async Task<HttpStatusCode> StowAsync(IEnumerable<SampleFile> files, CancellationToken cancellationToken)
    {
        using MultipartContent content = new("related", "recordhub-demo");
        content.Headers.ContentType?.Parameters.Add(new NameValueHeaderValue("type", "\"application/dicom\""));
        foreach (SampleFile file in files)
        {
            ReadOnlyMemoryContent part = new(file.Content);
            part.Headers.ContentType = new MediaTypeHeaderValue(file.MediaType);
            content.Add(part);
        }

        using HttpRequestMessage request = new(HttpMethod.Post, "dicomweb/studies") { Content = content };
        request.Headers.Accept.ParseAdd("application/dicom+json");
        using HttpResponseMessage answer = await _http.SendAsync(request, cancellationToken);
        return answer.StatusCode;
    }

    /// <summary>Sends a bundle to the FHIR base; the status of the answer.</summary>
    public async Task<HttpStatusCode> TransactAsync(SampleFile file, CancellationToken cancellationToken)
    {
        using ReadOnlyMemoryContent content = new(file.Content);
        content.Headers.ContentType = new MediaTypeHeaderValue(file.MediaType);
        using HttpResponseMessage answer = await _http.PostAsync("fhir", content, cancellationToken);
        return answer.StatusCode;
    }

    /// <summary>The SHA-256 of the package as a front end gets it; null when it gets none.</summary>
    public async Task<string?> PackageDigestAsync(string serviceRequest, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await _http.GetAsync(PackagePath(serviceRequest), cancellationToken);
        return answer.IsSuccessStatusCode
            ? Convert.ToHexStringLower(SHA256.HashData(await answer.Content.ReadAsByteArrayAsync(cancellationToken)))
            : null;
    }

    /// <summary>Whether a QIDO-RS search in the case finds studies.</summary>
    public async Task<bool> HasStudiesAsync(long number, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await _http.GetAsync(
            string.Create(CultureInfo.InvariantCulture, $"cases/{number}/dicomweb/studies"), cancellationToken);
        return answer.StatusCode == HttpStatusCode.OK;
    }

    public static string PackagePath(string serviceRequest) => $"fhir/ServiceRequest/{serviceRequest}/$package";

    public void Dispose() => _http.Dispose();
}
