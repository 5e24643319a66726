using Microsoft.AspNetCore.Http;
using RecordHub.Core.Access;
using RecordHub.Core.Intake;
using RecordHub.Server.Security;

namespace RecordHub.Server.Web;

/// <summary>The intake's refusals in the words of HTTP.</summary>
internal static class Refusals
{
    public static RefusedException Of(IntakeOutcome.Refused refused) => refused.Reason switch
    {
        RefusalReason.Empty => new(StatusCodes.Status400BadRequest, "required", "The request has no content."),
        RefusalReason.TooLarge => new(StatusCodes.Status413PayloadTooLarge, "too-long", refused.Detail),
        RefusalReason.OutOfResources => new(StatusCodes.Status507InsufficientStorage, "no-store", refused.Detail),
        RefusalReason.Unavailable => Unavailable(),
        RefusalReason.DataSetDoesNotMatch => new(StatusCodes.Status409Conflict, "conflict", refused.Detail),
        _ => new(StatusCodes.Status400BadRequest, "structure", refused.Detail),
    };

    /// <summary>The database is away; it is a matter of seconds or of an operator, and nothing that was answered is lost.</summary>
    public static RefusedException Unavailable() => new(
        StatusCodes.Status503ServiceUnavailable, "transient", "The store does not answer; send the request again later.");

    /// <summary>The caller's role has not what it takes.</summary>
    public static RefusedException Forbidden(Role role, Permission permission) => new(
        StatusCodes.Status403Forbidden, "forbidden",
        $"A token of the role {role} may not do this; it needs the permission {permission}.");

    public static RefusedException Damaged() => new(
        StatusCodes.Status503ServiceUnavailable, "transient",
        "The store is damaged, and nothing was kept. Tell the operator, and send the request again when it was restored.");

    public static RefusedException Of(IntakeOutcome.Ignored ignored) => new(
        StatusCodes.Status422UnprocessableEntity, "not-supported", $"Nothing was kept: this is no record but {ignored.What}.");
}
