using System.Globalization;
using Microsoft.AspNetCore.Http;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Server.Security;
using RecordHub.Server.Web;

namespace RecordHub.Server.Api;

/// <summary>Reads what the paths of the interface name.</summary>
internal static class ApiCall
{
    public static CaseNumber CaseOf(HttpContext context) =>
        CaseNumber.TryParse((string?)context.Request.RouteValues["case"], out CaseNumber number)
            ? number
            : throw NotFound("A case is named by its number.");

    public static RecordId RecordOf(HttpContext context) =>
        RecordId.TryParse((string?)context.Request.RouteValues["id"], out RecordId id)
            ? id
            : throw NotFound("A record is named by 32 hexadecimal digits, and -2 and so on for the later ones of an item.");

    public static int? NumberOf(HttpContext context, string name)
    {
        string text = context.Request.Query[name].ToString();
        if (text.Length == 0)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
            ? number
            : throw new RefusedException(
                StatusCodes.Status400BadRequest, "invalid", $"The parameter {name} takes a whole number from 1.");
    }

    /// <summary>The tenant that was asked for, or the caller's; null when neither names one.</summary>
    /// <exception cref="RefusedException">It is no tenant's name, or another tenant than the caller's.</exception>
    public static Tenant? TenantOf(HttpContext context, string? asked)
    {
        Tenant? own = Caller.Of(context).Tenant;
        if (string.IsNullOrEmpty(asked))
        {
            return own;
        }

        if (!Tenant.TryParse(asked, out Tenant tenant))
        {
            throw new RefusedException(
                StatusCodes.Status400BadRequest, "invalid", $"A tenant's name is {Tenant.Allowed}.");
        }

        return own is null || own == tenant
            ? tenant
            : throw new RefusedException(
                StatusCodes.Status403Forbidden, "forbidden", $"A token of the tenant {own} works for that tenant alone.");
    }

    public static Role RoleOf(string? text) =>
        Enum.TryParse(text, ignoreCase: true, out Role role) && Enum.IsDefined(role) && !int.TryParse(text, out _)
            ? role
            : throw new RefusedException(
                StatusCodes.Status400BadRequest, "invalid",
                $"The role is one of {string.Join(", ", Enum.GetValues<Role>().Select(ViewsOfCore.Words))}.");

    public static RefusedException NoCase(CaseNumber number) => NotFound($"There is no case {number}.");

    public static RefusedException NotFound(string advice) => new(StatusCodes.Status404NotFound, "not-found", advice);

    /// <summary>What a desk refused: its two sentences.</summary>
    public static RefusedException Refused(string error, string advice) =>
        new(StatusCodes.Status422UnprocessableEntity, error, advice);

    /// <summary>The record of the path, and how much goes with it.</summary>
    public static InboxTarget TargetOf(HttpContext context, string? extent) => new(
        RecordOf(context),
        string.IsNullOrEmpty(extent) ? InboxExtent.Study
            : Enum.TryParse(extent, ignoreCase: true, out InboxExtent named) && !char.IsAsciiDigit(extent[0]) ? named
            : throw new RefusedException(
                StatusCodes.Status400BadRequest, "invalid", "What a decision is for (of) is record, study or patient."));

    public static InboxOutcome.Done Done(InboxOutcome outcome)
    {
        switch (outcome)
        {
            case InboxOutcome.Done done:
                return done;
            case InboxOutcome.NotFound missing:
                throw new RefusedException(StatusCodes.Status404NotFound, missing.Error, missing.Advice);
            case InboxOutcome.Refused refused:
                throw Refused(refused.Error, refused.Advice);
            default:
                throw new InvalidOperationException("An outcome that this door does not know.");
        }
    }
}
