using Microsoft.AspNetCore.Http;
using RecordHub.Core.Normalization.FhirInput;
using RecordHub.Server.Web;

namespace RecordHub.Server.Fhir;

/// <summary>An entry of a transaction asks for what is not carried out.</summary>
/// <param name="Entry">The entry's number, from 0.</param>
/// <param name="Method">What it asks for.</param>
internal sealed record MethodRefusal(int Entry, string Method)
{
    public RefusedException ToException() => new(
        StatusCodes.Status422UnprocessableEntity, "not-supported",
        $"{FhirMethod.Refusal(Method)} Nothing of the transaction was kept.", $"Bundle.entry[{Entry}]");
}
