using RecordHub.Core.Access;
using RecordHub.Core.Cases;

namespace RecordHub.Server.Web;

/// <summary>Where something that is sent in is to go.</summary>
/// <param name="Case">The case that the sender named; none when it named none.</param>
/// <param name="Tenant">Whose it is: the sender's, or of a sender of no tenant the named case's.</param>
internal readonly record struct Destination(CaseNumber Case, Tenant Tenant);
