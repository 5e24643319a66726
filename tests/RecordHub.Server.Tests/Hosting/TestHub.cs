using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Tests.Hosting;

/// <summary>The whole service on free ports of loopback with an empty data folder, and a client for it.</summary>
internal sealed class TestHub : IAsyncDisposable
{
    private readonly RecordHubHost _host;
    private readonly bool _keeps;

    private TestHub(RecordHubHost host, string folder, string administrator, bool keeps)
    {
        _host = host;
        _keeps = keeps;
        Folder = folder;
        Http = Client(administrator);
        Anonymous = Client(null);
    }

    public string Folder { get; }

    /// <summary>With the administrator's token.</summary>
    public HttpClient Http { get; }

    /// <summary>Without a token.</summary>
    public HttpClient Anonymous { get; }

    public IServiceProvider Services => _host.Services;

    /// <summary>Where DICOM listens.</summary>
    public int DicomPort => _host.Dicom!.Port;

    /// <summary>Starts it.</summary>
    /// <param name="configure">Changes what is configured.</param>
    /// <param name="keep">A data folder that outlives it, for restarts; null is one of its own.</param>
    /// <param name="time">The clock that it goes by; null is the machine's.</param>
    public static async Task<TestHub> StartAsync(
        Func<RecordHubOptions, RecordHubOptions>? configure = null, string? keep = null, TimeProvider? time = null)
    {
        string folder = keep ?? Directory.CreateTempSubdirectory("recordhub-hub-").FullName;
        RecordHubOptions options = new()
        {
            Data = folder,
            Http = new IPEndPoint(IPAddress.Loopback, 0),
            Dicom = new IPEndPoint(IPAddress.Loopback, 0),
            AcceptUnknownCallers = true,
        };
        RecordHubHost host = await RecordHubHost.StartAsync(
            configure?.Invoke(options) ?? options, CancellationToken.None,
            logging => logging.ClearProviders().Services.Replace(ServiceDescriptor.Singleton(time ?? TimeProvider.System)));
        string token = (await File.ReadAllTextAsync(Path.Combine(folder, "admin.token"))).Trim();
        return new TestHub(host, folder, token, keep is not null);
    }

    /// <summary>A client with a new token of a role.</summary>
    public async Task<HttpClient> ClientOfAsync(Role role, params CaseNumber[] cases) =>
        Client((await Services.GetRequiredService<TokenDesk>().CreateAsync("test", role, cases, null, default)).Secret);

    /// <summary>A client with a new token of a tenant.</summary>
    public async Task<HttpClient> ClientOfAsync(Role role, Tenant tenant) => Client(
        (await Services.GetRequiredService<TokenDesk>().CreateAsync($"of {tenant}", role, [], tenant, default)).Secret);

    public HttpClient Client(string? token)
    {
        SocketsHttpHandler handler = new() { UseCookies = false, AllowAutoRedirect = false };
        HttpClient client = new(handler) { BaseAddress = new Uri($"http://{_host.Http}/") };
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Opens a case for Erika Muster, born 1964-08-12, known as <paramref name="id"/> at the issuer urn:north.</summary>
    public async Task<CaseNumber> OpenCaseAsync(string id, string family = "Muster", string given = "Erika")
    {
        JsonObject asked = new()
        {
            ["specialty"] = "oncology",
            ["family"] = family,
            ["given"] = given,
            ["birthDate"] = "1964-08-12",
            ["sex"] = "female",
            ["identifiers"] = new JsonArray(new JsonObject { ["issuer"] = "urn:north", ["value"] = id }),
            ["question"] = "Surgery?",
        };
        (HttpStatusCode status, JsonNode body) = await SendAsync(HttpMethod.Post, "api/cases", asked.ToJsonString(), "application/json");
        return status == HttpStatusCode.Created
            ? new CaseNumber(body["case"]!.GetValue<long>())
            : throw new InvalidOperationException($"{status}: {body}");
    }

    public Task<(HttpStatusCode Status, JsonNode Body)> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    /// <summary>Sends and reads JSON; a body that is none is an empty object.</summary>
    public async Task<(HttpStatusCode Status, JsonNode Body)> SendAsync(
        HttpMethod method, string path, string? body = null, string? type = null)
    {
        using HttpRequestMessage request = new(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type ?? "application/fhir+json");
        }

        using HttpResponseMessage response = await Http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.StartsWith('{') || text.StartsWith('[') ? JsonNode.Parse(text)! : new JsonObject());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Anonymous.Dispose();
        await _host.StopAsync(CancellationToken.None);
        await _host.DisposeAsync();
        if (!_keeps)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
