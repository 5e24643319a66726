using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using RecordHub.Core.Cases;
using RecordHub.Server.Hosting;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Uploads;

/// <summary>A service with a case, and what uploaders send to it.</summary>
internal sealed class UploadRig(TestHub hub, CaseNumber number) : IAsyncDisposable
{
    public TestHub Hub { get; } = hub;

    public CaseNumber Case { get; } = number;

    public static async Task<UploadRig> StartAsync(
        Func<RecordHubOptions, RecordHubOptions>? configure = null, TimeProvider? time = null)
    {
        TestHub hub = await TestHub.StartAsync(configure, time: time);
        return new UploadRig(hub, await hub.OpenCaseAsync("MRN1"));
    }

    /// <summary>Makes a link; gives its id and its path.</summary>
    public async Task<(string Id, string Path)> LinkAsync(string body = "{}", CaseNumber of = default)
    {
        (HttpStatusCode status, JsonNode made) = await Hub.SendAsync(
            HttpMethod.Post, $"api/cases/{(of.IsNone ? Case : of)}/upload-links", body, "application/json");
        return status == HttpStatusCode.Created
            ? (made["id"]!.GetValue<string>(), "u/" + made["uploadLink"]!.GetValue<string>().Split('/')[^1])
            : throw new InvalidOperationException($"{status}: {made}");
    }

    /// <summary>The case's link with what was counted.</summary>
    public async Task<JsonNode> ShownAsync(string id) =>
        (await Hub.GetAsync($"api/cases/{Case}/upload-links")).Body.AsArray().Single(one => one!["id"]!.GetValue<string>() == id)!;

    public async Task<(HttpStatusCode Status, JsonNode Body)> SendAsync(
        string path, params (string Name, byte[] Content)[] files)
    {
        using MultipartFormDataContent form = Form(files);
        using HttpResponseMessage response = await Hub.Anonymous.PostAsync(path, form);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    /// <summary>Asks as a browser does.</summary>
    public async Task<HttpResponseMessage> BrowseAsync(
        HttpMethod method, string path, HttpContent? content = null, string language = "en")
    {
        using HttpRequestMessage request = new(method, path) { Content = content };
        request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");
        request.Headers.AcceptLanguage.ParseAdd(language);
        return await Hub.Anonymous.SendAsync(request);
    }

    public static MultipartFormDataContent Form(params (string Name, byte[] Content)[] files)
    {
        MultipartFormDataContent form = new() { HeaderEncodingSelector = static (_, _) => Encoding.UTF8 };
        foreach ((string name, byte[] content) in files)
        {
            // As browsers write it: the name in UTF-8, in quotation marks.
            ByteArrayContent part = new(content);
            part.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"files\"; filename=\"{name}\"");
            part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            form.Add(part);
        }

        return form;
    }

    /// <summary>A FHIR resource of a patient.</summary>
    public static byte[] Observation(string patient, string family, string text) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["resourceType"] = "Bundle",
        ["type"] = "collection",
        ["entry"] = new JsonArray(
            new JsonObject
            {
                ["fullUrl"] = "urn:uuid:6f1a2b64-1c1d-4b54-9a3c-3d0f7f6c9a01",
                ["resource"] = new JsonObject
                {
                    ["resourceType"] = "Patient",
                    ["identifier"] = new JsonArray(new JsonObject { ["system"] = "urn:north", ["value"] = patient }),
                    ["name"] = new JsonArray(new JsonObject { ["family"] = family, ["given"] = new JsonArray("Erika") }),
                    ["birthDate"] = "1964-08-12",
                },
            },
            new JsonObject
            {
                ["fullUrl"] = "urn:uuid:6f1a2b64-1c1d-4b54-9a3c-3d0f7f6c9a02",
                ["resource"] = new JsonObject
                {
                    ["resourceType"] = "Observation",
                    ["status"] = "final",
                    ["code"] = new JsonObject { ["text"] = text },
                    ["subject"] = new JsonObject { ["reference"] = "urn:uuid:6f1a2b64-1c1d-4b54-9a3c-3d0f7f6c9a01" },
                },
            }),
    }.ToJsonString());

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}
