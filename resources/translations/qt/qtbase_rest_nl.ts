<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="nl_NL">
<context>
    <name>QFileDialog</name>
    <message><source>&amp;Look in:</source><translation>&amp;Zoeken in:</translation></message>
    <message><source>Look in:</source><translation>Zoeken in:</translation></message>
    <message><source>Files of &amp;type:</source><translation>Bestands&amp;type:</translation></message>
    <message><source>Files of type:</source><translation>Bestandstype:</translation></message>
</context>
<context>
    <name>QPrintSettingsOutput</name>
    <message><source>Double Sided Printing</source><translation>Dubbelzijdig afdrukken</translation></message>
    <message><source>Off</source><translation>Uit</translation></message>
    <message><source>Long side binding</source><translation>Lange kant</translation></message>
    <message><source>Short side binding</source><translation>Korte kant</translation></message>
    <message><source>Page &amp;Set:</source><translation>Pagina&amp;reeks:</translation></message>
    <message><source>Page Set:</source><translation>Paginareeks:</translation></message>
</context>
<context>
    <name>QPageSetupWidget</name>
    <message><source>Page &amp;order:</source><translation>&amp;Volgorde van pagina's:</translation></message>
    <message><source>Page order:</source><translation>Volgorde van pagina's:</translation></message>
    <message><source>Pages &amp;per sheet:</source><translation>&amp;Pagina's per vel:</translation></message>
    <message><source>Pages per sheet:</source><translation>Pagina's per vel:</translation></message>
</context>
</TS>
