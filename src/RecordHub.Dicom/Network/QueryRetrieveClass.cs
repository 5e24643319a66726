using System.Diagnostics.CodeAnalysis;
using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>A SOP class of query and retrieve (PS3.4 §C.6): its service and its information model.</summary>
public sealed record QueryRetrieveClass(Uid Uid, QueryService Service, QueryModel Model)
{
    private static readonly QueryRetrieveClass[] s_all =
    [
        new(Uid.Parse("1.2.840.10008.5.1.4.1.2.1.1"), QueryService.Find, QueryModel.PatientRoot),
        new(Uid.Parse("1.2.840.10008.5.1.4.1.2.1.2"), QueryService.Move, QueryModel.PatientRoot),
        new(Uid.Parse("1.2.840.10008.5.1.4.1.2.1.3"), QueryService.Get, QueryModel.PatientRoot),
        new(Uid.Parse("1.2.840.10008.5.1.4.1.2.2.1"), QueryService.Find, QueryModel.StudyRoot),
        new(Uid.Parse("1.2.840.10008.5.1.4.1.2.2.2"), QueryService.Move, QueryModel.StudyRoot),
        new(Uid.Parse("1.2.840.10008.5.1.4.1.2.2.3"), QueryService.Get, QueryModel.StudyRoot),
    ];

    /// <summary>All six.</summary>
    public static IReadOnlyList<QueryRetrieveClass> All => s_all;

    /// <summary>The class of one service in one model.</summary>
    public static Uid Of(QueryService service, QueryModel model) =>
        s_all.First(one => one.Service == service && one.Model == model).Uid;

    /// <summary>False for any other SOP class.</summary>
    public static bool TryFind(Uid sopClass, [NotNullWhen(true)] out QueryRetrieveClass? found)
    {
        found = Array.Find(s_all, one => one.Uid == sopClass);
        return found is not null;
    }
}
