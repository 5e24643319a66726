using Microsoft.AspNetCore.Http;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Dicom.DataSet;
using RecordHub.Server.Security;
using RecordHub.Server.Web;

namespace RecordHub.Server.DicomWeb;

/// <summary>One DICOMweb request: who asks, for which case, and where the service root is.</summary>
internal sealed class DicomWebCall
{
    public DicomWebCall(HttpContext context)
    {
        Context = context;
        Caller = Caller.Of(context);
        if (context.Request.RouteValues.TryGetValue("case", out object? value))
        {
            Case = CaseNumber.TryParse(value as string, out CaseNumber number)
                ? number
                : throw new RefusedException(StatusCodes.Status404NotFound, "not-found", "A case is named by its number.");
        }

        Scope = Case.IsNone ? Caller.Scope : Caller.Scope.Within(Case);
        Base = PublicAddress.Of(context) + (Case.IsNone ? "/dicomweb" : $"/cases/{Case}/dicomweb");
        Study = UidOf("study");
        Series = UidOf("series");
        Instance = UidOf("instance");
    }

    public HttpContext Context { get; }

    public Caller Caller { get; }

    /// <summary>The case of the path; none under <c>/dicomweb</c>.</summary>
    public CaseNumber Case { get; }

    public AccessScope Scope { get; }

    /// <summary>The service root without a slash at its end.</summary>
    public string Base { get; }

    /// <summary>The UIDs of the path; null where it has none.</summary>
    public string? Study { get; }

    public string? Series { get; }

    public string? Instance { get; }

    public CancellationToken Aborted => Context.RequestAborted;

    public string Route(string name) => (string?)Context.Request.RouteValues[name] ?? string.Empty;

    private string? UidOf(string name)
    {
        if (!Context.Request.RouteValues.TryGetValue(name, out object? value))
        {
            return null;
        }

        return Uid.TryParse(value as string, out Uid uid)
            ? uid.ToString()
            : throw new RefusedException(
                StatusCodes.Status400BadRequest, "invalid", $"The {name} of the path is no DICOM UID (PS3.5 §9.1).");
    }
}
