using System.Xml.Linq;

namespace RecordHub.Documents.Cda;

/// <summary>The clinical statements of a section (CDA R2 §4.3.6), flattened; wrappers without a meaning of their own are passed through.</summary>
internal static class CdaEntries
{
    // ActClass codes and ASSERTION-like wrappers of C-CDA (concern acts) say nothing by themselves.
    private const string ActClass = "2.16.840.1.113883.5.6";

    public static IEnumerable<CodedEntry> Read(
        XElement section, string? loinc, IReadOnlyDictionary<string, string> narrative)
    {
        foreach (XElement entry in section.Children("entry"))
        {
            foreach (XElement statement in entry.Descendants())
            {
                if (Statement(statement, loinc, narrative) is { } found)
                {
                    yield return found;
                }
            }
        }
    }

    private static CodedEntry? Statement(XElement element, string? loinc, IReadOnlyDictionary<string, string> narrative)
    {
        string name = element.Name.LocalName;
        XElement? coded = name switch
        {
            "observation" or "procedure" or "act" or "encounter" => element.Child("code"),
            "substanceAdministration" => Product(element.Child("consumable")),
            "supply" => Product(element.Child("product")),
            _ => null,
        };
        XElement? substance = name == "observation"
            ? element.Children("participant").FirstOrDefault(p => p.Stated("typeCode") == "CSM")
                .Path("participantRole", "playingEntity", "code")
            : null;
        if (coded is null || (name == "act" && coded.Stated("codeSystem") == ActClass))
        {
            return null;
        }

        DocumentCode? consumed = CdaTypes.Code(substance, narrative);
        DocumentCode? code = consumed ?? CdaTypes.Code(coded, narrative)
            ?? (CdaTypes.OriginalText(element.Child("text") ?? element, narrative) is { } words ? new DocumentCode(null, null, words) : null);
        if (code is null)
        {
            return null;
        }

        XElement? value = element.Child("value") ?? element.Child("doseQuantity");
        (string? text, string? unit) = Value(value, narrative);
        XElement? time = element.Children("effectiveTime").FirstOrDefault(t => CdaTypes.Time(t) is not null);
        return new CodedEntry
        {
            SectionLoinc = loinc,
            Element = name,
            Code = code,
            IsOfSubstance = consumed is not null,
            ValueCode = value is not null && value.Type() is null or "CD" or "CE" or "CO" or "CV" or "CS"
                ? CdaTypes.Code(value, narrative)
                : null,
            Value = text,
            Unit = unit,
            ReferenceRange = Range(element.Path("referenceRange", "observationRange"), narrative),
            Flag = element.Child("interpretationCode").Stated("code"),
            Status = element.Child("statusCode").Stated("code"),
            Time = CdaTypes.Time(time),
            EndTime = CdaTypes.EndTime(time),
            Negated = element.Stated("negationInd") is "true" or "1",
        };
    }

    private static XElement? Product(XElement? holder)
    {
        XElement? product = holder.Child("manufacturedProduct");
        return product.Path("manufacturedMaterial", "code") ?? product.Path("manufacturedLabeledDrug", "code");
    }

    private static (string? Value, string? Unit) Value(XElement? value, IReadOnlyDictionary<string, string> narrative)
    {
        if (value is null)
        {
            return (null, null);
        }

        switch (value.Type())
        {
            case "CD" or "CE" or "CO" or "CV" or "CS":
                return (CdaTypes.Code(value, narrative) is { } code ? code.Display ?? code.Code : null, null);
            case "IVL_PQ" or "IVL_INT" or "IVL_REAL" or "IVL_TS":
                return Interval(value);
            case "RTO" or "RTO_PQ_PQ" or "RTO_INT_INT" or "RTO_MO_PQ":
                string? above = value.Child("numerator").Stated("value");
                string? below = value.Child("denominator").Stated("value");
                return (above is null ? null : $"{above}/{below}", value.Child("numerator").Stated("unit"));
            default:
                string? plain = value.Stated("value") ?? CdaTypes.Referenced(value, narrative) ?? value.Words();
                return plain is null && (value.Child("low") ?? value.Child("high")) is not null
                    ? Interval(value)
                    : (plain, value.Stated("unit"));
        }
    }

    private static (string? Value, string? Unit) Interval(XElement value)
    {
        XElement? low = value.Child("low");
        XElement? high = value.Child("high");
        string? from = low.Stated("value");
        string? to = high.Stated("value");
        string? unit = low.Stated("unit") ?? high.Stated("unit");
        return (from, to) switch
        {
            (null, null) => (value.Stated("value"), value.Stated("unit")),
            ({ }, null) => ((low.Stated("inclusive") == "false" ? ">" : ">=") + from, unit),
            (null, { }) => ((high.Stated("inclusive") == "false" ? "<" : "<=") + to, unit),
            _ => ($"{from}-{to}", unit),
        };
    }

    private static string? Range(XElement? range, IReadOnlyDictionary<string, string> narrative)
    {
        if (range is null)
        {
            return null;
        }

        (string? value, string? unit) = Value(range.Child("value"), narrative);
        return (value is null ? null : unit is null ? value : $"{value} {unit}")
            ?? (range.Child("text") is { } text ? CdaTypes.OriginalText(text, narrative) : null);
    }
}
