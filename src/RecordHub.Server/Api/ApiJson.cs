using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using RecordHub.Server.Uploads;
using RecordHub.Server.Web;

namespace RecordHub.Server.Api;

/// <summary>The JSON of the interface: camelCase.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(CreatedCaseView))]
[JsonSerializable(typeof(IReadOnlyList<CaseLineView>))]
[JsonSerializable(typeof(CaseDetailsView))]
[JsonSerializable(typeof(MissingView))]
[JsonSerializable(typeof(LetterView))]
[JsonSerializable(typeof(IReadOnlyList<InboxItemView>))]
[JsonSerializable(typeof(DecidedView))]
[JsonSerializable(typeof(InboxPageView))]
[JsonSerializable(typeof(IReadOnlyList<MovedView>))]
[JsonSerializable(typeof(IReadOnlyList<ReaderView>))]
[JsonSerializable(typeof(SplitView))]
[JsonSerializable(typeof(IReadOnlyList<AlertView>))]
[JsonSerializable(typeof(SplitRequest))]
[JsonSerializable(typeof(PublishedView))]
[JsonSerializable(typeof(PackageView))]
[JsonSerializable(typeof(IReadOnlyList<PackageView>))]
[JsonSerializable(typeof(IReadOnlyList<PackageChangeView>))]
[JsonSerializable(typeof(IReadOnlyList<TokenView>))]
[JsonSerializable(typeof(IReadOnlyList<ImportedView>))]
[JsonSerializable(typeof(IReadOnlyList<CommitmentView>))]
[JsonSerializable(typeof(PipelineView))]
[JsonSerializable(typeof(IReadOnlyList<FailedView>))]
[JsonSerializable(typeof(RetriedView))]
[JsonSerializable(typeof(DroppedView))]
[JsonSerializable(typeof(ReadinessView))]
[JsonSerializable(typeof(HoldView))]
[JsonSerializable(typeof(UploadLinkView))]
[JsonSerializable(typeof(IReadOnlyList<UploadLinkView>))]
[JsonSerializable(typeof(UploadLinkRequest))]
[JsonSerializable(typeof(IReadOnlyList<UploadedFile>))]
[JsonSerializable(typeof(LinksView))]
[JsonSerializable(typeof(LinkRequest))]
[JsonSerializable(typeof(JournalView))]
[JsonSerializable(typeof(CaseMovedView))]
[JsonSerializable(typeof(PurgeView))]
[JsonSerializable(typeof(DueView))]
[JsonSerializable(typeof(ReasonRequest))]
[JsonSerializable(typeof(RetryRequest))]
[JsonSerializable(typeof(DropRequest))]
[JsonSerializable(typeof(NewCaseRequest))]
[JsonSerializable(typeof(DecisionRequest))]
[JsonSerializable(typeof(PublishRequest))]
[JsonSerializable(typeof(NewTokenRequest))]
[JsonSerializable(typeof(ClientView))]
[JsonSerializable(typeof(IReadOnlyList<ClientView>))]
[JsonSerializable(typeof(NewClientRequest))]
[JsonSerializable(typeof(ClientKeysRequest))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    private const long MostBodyBytes = 1 << 20;

    /// <summary>Sends a value.</summary>
    public static async Task SendAsync<T>(
        HttpContext context, T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await JsonSerializer.SerializeAsync(context.Response.Body, value, type, context.RequestAborted);
    }

    /// <summary>Reads the body.</summary>
    /// <exception cref="RefusedException">It is not JSON of this shape (400), no JSON (415), or too long (413).</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
    {
        if (context.Request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
        {
            throw new RefusedException(StatusCodes.Status415UnsupportedMediaType, "not-supported", "Send application/json.");
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MostBodyBytes;
        }

        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted)
                ?? throw new JsonException();
        }
        catch (JsonException malformed)
        {
            // The path names our own members; the message could quote the body.
            throw new RefusedException(
                StatusCodes.Status400BadRequest, "invalid", $"The body is not the JSON that is expected here (at {malformed.Path ?? "$"}).");
        }
    }
}
