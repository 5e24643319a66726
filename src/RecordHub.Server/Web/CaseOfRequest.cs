using Microsoft.AspNetCore.Http;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Server.Security;

namespace RecordHub.Server.Web;

/// <summary>The case that a sender names: by the path, the header X-RecordHub-Case, or the parameter case.</summary>
internal static class CaseOfRequest
{
    public const string Header = "X-RecordHub-Case";

    /// <summary>The case, if one is named, and whose the records are.</summary>
    /// <exception cref="RefusedException">What is named is no case that the sender may send to.</exception>
    public static async Task<Destination> FindAsync(HttpContext context, CaseNumber ofPath, ICaseStore cases)
    {
        CaseNumber number = ofPath;
        string text = context.Request.Headers[Header].ToString() is { Length: > 0 } header
            ? header
            : context.Request.Query["case"].ToString();
        if (number.IsNone && text.Length > 0 && !CaseNumber.TryParse(text, out number))
        {
            throw new RefusedException(
                StatusCodes.Status400BadRequest, "invalid", "A case is named by its number.", "http.parameter.case");
        }

        Caller caller = Caller.Of(context);
        if (number.IsNone)
        {
            return new Destination(default, caller.Tenant ?? Tenant.Default);
        }

        return await cases.FindAsync(number, caller.SubmissionScope, context.RequestAborted) is { } file
            ? new Destination(number, file.Tenant)
            : throw new RefusedException(
                StatusCodes.Status404NotFound, "not-found", $"There is no case {number}; nothing was kept.");
    }
}
