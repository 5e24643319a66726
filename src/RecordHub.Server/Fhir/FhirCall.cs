using Microsoft.AspNetCore.Http;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Resources;
using RecordHub.Server.Security;
using RecordHub.Server.Web;

namespace RecordHub.Server.Fhir;

/// <summary>One FHIR request: who asks, for which case, where the service root is, and in which format to answer.</summary>
internal sealed class FhirCall
{
    public FhirCall(HttpContext context)
    {
        Context = context;
        Caller = Caller.Of(context);
        Case = CaseOfPath(context);
        Scope = Case.IsNone ? Caller.Scope : Caller.Scope.Within(Case);
        Base = PublicAddress.Of(context) + (Case.IsNone ? "/fhir" : $"/cases/{Case}/fhir");
        IsXml = FhirFormat.IsXml(context.Request);
    }

    public HttpContext Context { get; }

    public Caller Caller { get; }

    /// <summary>The case of the path; none under <c>/fhir</c>.</summary>
    public CaseNumber Case { get; }

    /// <summary>What may be seen: the token's scope, within the case of the path.</summary>
    public AccessScope Scope { get; }

    /// <summary>The service root without a slash at its end.</summary>
    public string Base { get; }

    public bool IsXml { get; }

    public CancellationToken Aborted => Context.RequestAborted;

    /// <summary>The value of a route's parameter.</summary>
    public string Route(string name) => (string?)Context.Request.RouteValues[name] ?? string.Empty;

    /// <summary>The resource type of the path.</summary>
    /// <exception cref="RefusedException">R4 has no such type (404).</exception>
    public string Type()
    {
        string type = Route("type");
        return SearchParameterTable.IsResourceType(type)
            ? type
            : throw new RefusedException(
                StatusCodes.Status404NotFound, "not-supported",
                "R4 has no such resource type; types are written as in Patient or ImagingStudy.");
    }

    /// <summary>Whether a header Prefer holds a preference; its value may be quoted (RFC 7240).</summary>
    public bool Prefers(string preference) => Context.Request.Headers["Prefer"].ToString().Replace("\"", string.Empty, StringComparison.Ordinal)
        .Split([',', ';'], StringSplitOptions.TrimEntries)
        .Contains(preference, StringComparer.OrdinalIgnoreCase);

    private static CaseNumber CaseOfPath(HttpContext context)
    {
        if (!context.Request.RouteValues.TryGetValue("case", out object? value))
        {
            return default;
        }

        return CaseNumber.TryParse(value as string, out CaseNumber number)
            ? number
            : throw new RefusedException(StatusCodes.Status404NotFound, "not-found", "A case is named by its number.");
    }
}
