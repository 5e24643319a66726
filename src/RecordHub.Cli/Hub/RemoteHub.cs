using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Polly;
using Polly.Retry;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Hub;

/// <summary>A running service, by its JSON interface under <c>/api</c>.</summary>
internal sealed partial class RemoteHub : IRecordHub
{
    private readonly HttpClient _http;

    // Only what changes nothing is asked again by itself.
    private readonly ResiliencePipeline _reading = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = 3,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(200),
            ShouldHandle = new PredicateBuilder().Handle<HttpRequestException>(),
        })
        .Build();

    public RemoteHub(Uri server, string token)
    {
        string address = server.ToString();
        _http = new HttpClient
        {
            BaseAddress = new Uri(address.EndsWith('/') ? address : address + "/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public Task<CreatedCaseView> CreateCaseAsync(NewCase asked, CancellationToken cancellationToken) => PostAsync(
        "api/cases",
        new JsonObject
        {
            ["specialty"] = asked.Specialty,
            ["family"] = asked.Family,
            ["given"] = asked.Given,
            ["birthDate"] = asked.BirthDate,
            ["sex"] = asked.Sex,
            ["identifiers"] = new JsonArray([.. asked.Identifiers.Select(JsonNode (identifier) =>
                new JsonObject { ["issuer"] = identifier.Issuer, ["value"] = identifier.Value })]),
            ["question"] = asked.Question,
            ["tenant"] = asked.Tenant?.ToString(),
        },
        HubJson.Default.CreatedCaseView, cancellationToken);

    public Task<IReadOnlyList<CaseLineView>> ListCasesAsync(CancellationToken cancellationToken) =>
        GetAsync("api/cases", HubJson.Default.IReadOnlyListCaseLineView, cancellationToken);

    public Task<CaseDetailsView> ShowCaseAsync(CaseNumber number, CancellationToken cancellationToken) =>
        GetAsync($"api/cases/{number}", HubJson.Default.CaseDetailsView, cancellationToken);

    public Task<MissingView> MissingAsync(CaseNumber number, CancellationToken cancellationToken) =>
        GetAsync($"api/cases/{number}/missing", HubJson.Default.MissingView, cancellationToken);

    public Task<LetterView> LetterAsync(CaseNumber number, CancellationToken cancellationToken) =>
        GetAsync($"api/cases/{number}/letter", HubJson.Default.LetterView, cancellationToken);

    public Task<PublishedView> PublishAsync(
        CaseNumber number, bool force, string? reason, CancellationToken cancellationToken) => PostAsync(
        $"api/packages/{number}/publish", new JsonObject { ["force"] = force, ["reason"] = reason },
        HubJson.Default.PublishedView, cancellationToken);

    public Task<PackageView> ShowPackageAsync(CaseNumber number, int? version, CancellationToken cancellationToken) =>
        GetAsync($"api/packages/{number}{Query(("version", version))}", HubJson.Default.PackageView, cancellationToken);

    public Task<IReadOnlyList<PackageChangeView>> DiffPackageAsync(
        CaseNumber number, int from, int to, CancellationToken cancellationToken) => GetAsync(
        $"api/packages/{number}/diff{Query(("from", from), ("to", to))}",
        HubJson.Default.IReadOnlyListPackageChangeView, cancellationToken);

    public async Task ExportPackageAsync(
        CaseNumber number, int? version, bool reconciled, Stream zip, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await _http.GetAsync(
            $"api/packages/{number}/export{Query(("version", version), ("reconciled", reconciled ? "true" : null))}", HttpCompletionOption.ResponseHeadersRead,
            cancellationToken);
        await EnsureAsync(answer, cancellationToken);
        await answer.Content.CopyToAsync(zip, cancellationToken);
    }

    public Task<TokenView> CreateTokenAsync(
        string name, Role role, IReadOnlyList<CaseNumber> cases, Tenant? tenant, string? site, CancellationToken cancellationToken) => PostAsync(
        "api/tokens",
        new JsonObject
        {
            ["name"] = name,
            ["role"] = ViewsOfCore.Words(role),
            ["cases"] = new JsonArray([.. cases.Select(number => (JsonNode)number.Value)]),
            ["tenant"] = tenant?.ToString(),
            ["site"] = site,
        },
        HubJson.Default.TokenView, cancellationToken);

    public Task<IReadOnlyList<TokenView>> ListTokensAsync(CancellationToken cancellationToken) =>
        GetAsync("api/tokens", HubJson.Default.IReadOnlyListTokenView, cancellationToken);

    public async Task RevokeTokenAsync(string id, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await _http.DeleteAsync(
            $"api/tokens/{Uri.EscapeDataString(id)}", cancellationToken);
        await EnsureAsync(answer, cancellationToken);
    }

    public Task<IReadOnlyList<CommitmentView>> ListCommitmentsAsync(CancellationToken cancellationToken) =>
        GetAsync("api/commitments", HubJson.Default.IReadOnlyListCommitmentView, cancellationToken);

    public Task<IReadOnlyList<FailedView>> ListFailedAsync(CancellationToken cancellationToken) =>
        GetAsync("api/pipeline/failed", HubJson.Default.IReadOnlyListFailedView, cancellationToken);

    public Task<RetriedView> RetryFailedAsync(string? key, CancellationToken cancellationToken) => PostAsync(
        "api/pipeline/retry", new JsonObject { ["key"] = key, ["all"] = key is null }, HubJson.Default.RetriedView,
        cancellationToken);

    public Task<DroppedView> DropFailedAsync(string key, string reason, CancellationToken cancellationToken) => PostAsync(
        "api/pipeline/drop", new JsonObject { ["key"] = key, ["reason"] = reason }, HubJson.Default.DroppedView,
        cancellationToken);

    // The service knows its sites, and refuses the first file of another.
    public void EnsureSite(string name)
    {
    }

    public async Task<Task<IReadOnlyList<ImportedView>>> ImportAsync(ImportRequest request, CancellationToken cancellationToken)
    {
        using StreamContent content = new(request.Content);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        string query = Query(
            ("name", request.FileName), ("case", request.Case.IsNone ? null : request.Case.Value), ("site", request.Site),
            ("dryRun", request.DryRun ? "true" : null), ("attachments", "apart"),
            ("within", request.Within));
        using HttpResponseMessage answer = await _http.PostAsync("api/import" + query, content, cancellationToken);
        return Task.FromResult(await ReadAsync(answer, HubJson.Default.IReadOnlyListImportedView, cancellationToken));
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Query(params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        List<string> given = [];
        foreach ((string name, object? value) in parameters)
        {
            if (value is not null)
            {
                given.Add($"{name}={Uri.EscapeDataString(Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty)}");
            }
        }

        return given.Count == 0 ? string.Empty : "?" + string.Join('&', given);
    }

    /// <summary>Whether a RecordHub answers and knows the token, whatever that may do.</summary>
    /// <exception cref="CommandException">It does not.</exception>
    public async Task CheckTokenAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await _http.GetAsync("api/cases", cancellationToken);
        if (answer.StatusCode != HttpStatusCode.Forbidden)
        {
            await ReadAsync(answer, HubJson.Default.IReadOnlyListCaseLineView, cancellationToken);
        }
    }

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        await _reading.ExecuteAsync(
            async token =>
            {
                using HttpResponseMessage answer = await _http.GetAsync(path, token);
                return await ReadAsync(answer, type, token);
            },
            cancellationToken);

    private async Task<T> PostAsync<T>(
        string path, JsonObject body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using StringContent content = new(body.ToJsonString(), new MediaTypeHeaderValue("application/json"));
        using HttpResponseMessage answer = await _http.PostAsync(path, content, cancellationToken);
        return await ReadAsync(answer, type, cancellationToken);
    }

    private static async Task<T> ReadAsync<T>(
        HttpResponseMessage answer, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        await EnsureAsync(answer, cancellationToken);
        try
        {
            return await answer.Content.ReadFromJsonAsync(type, cancellationToken) ?? throw NotOurs();
        }
        catch (JsonException)
        {
            throw NotOurs();
        }
    }

    private static async Task EnsureAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.IsSuccessStatusCode)
        {
            return;
        }

        string text = await answer.Content.ReadAsStringAsync(cancellationToken);
        throw RemoteFailure.Of(answer.StatusCode, text);
    }

    private static CommandException NotOurs() => new(
        "The answer of the service was not understood.", "Check that --server names a RecordHub of the same version.");
}
