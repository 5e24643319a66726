using Microsoft.AspNetCore.Http;
using RecordHub.Core.Cases;

namespace RecordHub.Server.Web;

/// <summary>The case that a sender names: by the path, the header X-RecordHub-Case, or the parameter case.</summary>
internal static class CaseOfRequest
{
    public const string Header = "X-RecordHub-Case";

    /// <summary>The case; none when none is named.</summary>
    /// <exception cref="RefusedException">What is named is no case of ours.</exception>
    public static async Task<CaseNumber> FindAsync(HttpContext context, CaseNumber ofPath, ICaseStore cases)
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

        if (!number.IsNone && await cases.FindAsync(number, context.RequestAborted) is null)
        {
            throw new RefusedException(
                StatusCodes.Status404NotFound, "not-found", $"There is no case {number}; nothing was kept.");
        }

        return number;
    }
}
