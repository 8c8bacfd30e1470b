"""The input book (入力ブック) of a group: writer, readers and comparison with the plan.

write: new books. read: values and what no reader took. match: books of an earlier plan. inspect: everything
besides values. The modules beside these folders are shared by writing and reading.
"""
